import { describe, expect, test } from 'vitest';
import { readReference } from '../../model/references/read-reference.ts';
import { parse } from './parse.ts';

/** What is done with `X` at the place marked with `|`. */
function kindAt(marked: string, fileName = 'file.ts'): string | undefined {
  const offset = marked.indexOf('|');
  return readReference(parse(marked.replace('|', ''), fileName), offset)?.kind;
}

describe('what a reference is', () => {
  test.each([
    ['const a = new |X(1);', 'construction'],
    ['const a = new |X;', 'construction'],
    ['const a = new (|X as Ctor)<string>();', 'construction'],
    ['const a = new ns.|X();', 'construction'],
    ['|X();', 'call'],
    ['await lib.|X?.();', 'call'],
    ['class Y extends |X<string> {}', 'subclass'],
    ['const Y = class extends ns.|X {};', 'subclass'],
    ['class Y extends mixin(|X) {}', 'escape'],
    ['|X.limit = 3;', 'member'],
    ['|X.create();', 'member'],
    ['a instanceof |X;', 'test'],
    ['typeof |X === "function";', 'test'],
    ['expect(a).toBeInstanceOf(|X);', 'test'],
    ['expect(f).toHaveBeenCalledWith(expect.any(|X));', 'test'],
    ['let a: |X | undefined;', 'type'],
    ['let a: typeof |X;', 'type'],
    ['type A = ns.|X;', 'type'],
    ['const a = b as |X;', 'type'],
    ['const a = new Map<string, |X>();', 'type'],
    ['class Y implements |X {}', 'type'],
    ['class Y { constructor(private readonly x: |X) {} }', 'type'],
    ['@injectable() class Y { constructor(private readonly x: |X) {} }', 'token'],
    ['class Y { @inject() x!: |X; }', 'token'],
    ['class Y { constructor(@inject() x: Map<string, |X>) {} }', 'token'],
    ['@injectable() class Y { run() { let x: |X; } }', 'type'],
    ['import { |X } from "./x";', 'module'],
    ['import { X as |Y } from "./x";', 'module'],
    ['export { |X as Y };', 'module'],
    ['export default |X;', 'module'],
    ['export class |X {}', 'declaration'],
    ['export async function |f() {}', 'declaration'],
    ['container.register(|X);', 'escape'],
    ['Reflect.construct(|X, []);', 'escape'],
    ['new Registry(|X);', 'escape'],
    ['const all = [|X];', 'escape'],
    ['const all = { |X };', 'escape'],
    ['const { |X } = await import("./x");', 'module'],
    ['const { |X: Y } = lib;', 'module'],
    ['const { X: |Y } = lib;', 'module'],
    ['const Y = |X;', 'module'],
    ['const { |X = Y } = lib;', 'escape'],
    ['let { |X } = lib;', 'escape'],
    ['let Y = |X;', 'escape'],
    ['const { a = |X } = lib;', 'escape'],
    ['const { Y } = |X;', 'escape'],
    ['const Y = ok ? |X : undefined;', 'escape'],
    ['return_(|X!);', 'escape'],
    ['@Module({ providers: [|X] }) export class M {}', 'escape'],
    ['customElements[|X];', 'escape'],
    ['const a = new Y[|X]();', 'escape'],
  ])('%s: %s', (marked, kind) => {
    expect(kindAt(marked)).toBe(kind);
  });

  test('in plain JavaScript', () => {
    expect(kindAt('module.exports = |X;', 'file.cjs')).toBe('escape');
    expect(kindAt('export default class Y extends |X {}', 'file.mjs')).toBe('subclass');
  });

  test('where no name begins there is none', () => {
    expect(readReference(parse('new X();'), 1)).toBeUndefined();
  });
});
