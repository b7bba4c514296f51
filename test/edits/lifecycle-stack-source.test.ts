import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Project, ts } from 'ts-morph';
import { afterAll, describe, expect, test } from 'vitest';
import { findingsOf } from '../../codemods/findings-of.ts';
import { lifecycleStackSource } from '../../edits/lifecycle-stack-source.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { parse } from '../model/parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-stack-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Everything a stack does, told line by line by `say`. The text needs `Stack` and `say`; it runs on any Node and with the native stack. */
const SCRIPT = `
const later = (name) => ({ name, async [Symbol.asyncDispose]() { await null; say(this.name + ' is disposed of'); } });
const now = (name) => ({ name, [Symbol.dispose]() { say(this.name + ' is disposed of at once'); return new Promise(() => {}); } });
const tell = (error) => error.name === 'SuppressedError' ? [error.message, error.error instanceof Error ? tell(error.error) : error.error, tell(error.suppressed)] : error.message ?? error;
const name = (run) => { try { return run(); } catch (error) { return error.name; } };

const stack = new Stack();
const first = later('first');
say(stack.use(first) === first, stack.use(null), stack.use(undefined), stack.disposed);
stack.use(now('second'));
say(stack.adopt(3, async (value) => { await null; say('adopted', value); }));
say(stack.defer(() => { say('deferred'); }));
say(await stack.disposeAsync(), stack.disposed);
say(await stack.disposeAsync());

const failing = new Stack();
failing.defer(() => { throw new Error('a'); });
failing.defer(() => say('goes on'));
failing.defer(async () => { throw new Error('b'); });
failing.defer(() => Promise.reject(new Error('c')));
say(await failing[Symbol.asyncDispose]().catch((error) => JSON.stringify(tell(error))));

const one = new Stack();
one.defer(() => { throw undefined; });
one.defer(() => say('also'));
say(await one.disposeAsync().then(() => 'nothing', (error) => ['failed', error].join()));

const two = new Stack();
two.defer(() => { throw new Error('second'); });
two.defer(() => { throw undefined; });
say(await two.disposeAsync().catch((error) => [error.name, error.error.message, error.suppressed].join()));

const from = new Stack();
from.defer(() => say('moved'));
const to = from.move();
say(from.disposed, to.disposed, to instanceof Stack);
await from.disposeAsync();
await to.disposeAsync();

const bad = new Stack();
say(name(() => bad.use({})), name(() => bad.use(1)), name(() => bad.use({ [Symbol.asyncDispose]: 1 })), name(() => bad.adopt(1)), name(() => bad.defer({})));
say(name(() => bad.use({ [Symbol.asyncDispose]: undefined, [Symbol.dispose]() { say('in its place'); } })) instanceof Object);
await bad.disposeAsync();
say(name(() => bad.use(null)), name(() => bad.adopt(1, () => {})), name(() => bad.defer(() => {})), name(() => bad.move()));
say(Object.prototype.toString.call(bad));

const late = { [Symbol.asyncDispose]: () => say('as it was when it was given') };
const kept = new Stack();
kept.use(late);
late[Symbol.asyncDispose] = () => say('replaced');
kept.defer(() => say(name(() => kept.defer(() => {}))));
await kept.disposeAsync();
`;

const EXPECTED = [
  'true,,,false',
  '3',
  '',
  'deferred',
  'adopted,3',
  'second is disposed of at once',
  'first is disposed of',
  ',true',
  '',
  'goes on',
  '["An error was suppressed during disposal","a",["An error was suppressed during disposal","b","c"]]',
  'also',
  'failed,',
  'SuppressedError,second,',
  'true,false,true',
  'moved',
  'TypeError,TypeError,TypeError,TypeError,TypeError',
  'true',
  'in its place',
  'ReferenceError,ReferenceError,ReferenceError,ReferenceError',
  '[object AsyncDisposableStack]',
  'ReferenceError',
  'as it was when it was given',
];

const main = `const say = (...all) => console.log(all.join());\n${SCRIPT}`;

function play(stack: string): readonly string[] {
  const file = join(folder, 'play.mjs');
  writeFileSync(file, `${stack}\n${main}`);
  return execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n');
}

describe('the vendored stack', () => {
  test('does what the native one does', () => {
    const file = join(folder, 'lifecycle-stack.mjs');
    writeFileSync(file, lifecycleStackSource(file));
    expect(play(`import { AsyncDisposableStack as Stack } from ${JSON.stringify(pathToFileURL(file).href)};`)).toEqual(EXPECTED);
  });

  test('is the same in CommonJS', () => {
    const file = join(folder, 'lifecycle-stack.cjs');
    writeFileSync(file, lifecycleStackSource(file));
    expect(play(`import { createRequire } from 'node:module'; const { AsyncDisposableStack: Stack } = createRequire(import.meta.url)(${JSON.stringify(file)});`)).toEqual(EXPECTED);
  });

  test.runIf('AsyncDisposableStack' in globalThis)('is measured by the native one', () => {
    expect(play('const Stack = AsyncDisposableStack;')).toEqual(EXPECTED);
  });

  test('makes the SuppressedError of the runtime, where that has one', () => {
    const file = join(folder, 'lifecycle-native.mjs');
    writeFileSync(file, lifecycleStackSource(file));
    const script = `globalThis.SuppressedError ??= class SuppressedError extends Error { constructor(error, suppressed, message) { super(message); Object.assign(this, { error, suppressed }); } };
      const { AsyncDisposableStack } = await import(${JSON.stringify(pathToFileURL(file).href)});
      const stack = new AsyncDisposableStack();
      stack.defer(() => { throw 1; });
      stack.defer(() => { throw 2; });
      await stack.disposeAsync().catch((error) => console.log(error instanceof SuppressedError, error.error, error.suppressed));`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe('true 1 2\n');
  });

  test('is the same text in TypeScript, but for the types', () => {
    const compiled = (text: string): string =>
      ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true } }).outputText;
    expect(compiled(lifecycleStackSource('a.ts'))).toBe(compiled(lifecycleStackSource('a.js')));
    expect(lifecycleStackSource('a.mts')).toBe(lifecycleStackSource('a.ts'));
  });

  test.each(['a.ts', 'a.mjs', 'a.cjs'])('gives our own rules nothing to report: %s', (name) => {
    expect(findingsOf(parse(lifecycleStackSource(name), name), DEFAULT_SETTINGS)).toEqual([]);
  });

  // Each library brings its own declarations of what is disposable; the types of Node bring some too.
  test.each([[['lib.es2022.d.ts']], [['lib.es2022.d.ts', 'lib.dom.d.ts']], [['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts']], [['lib.esnext.d.ts', 'lib.dom.d.ts']]])(
    'has no type error with every check on and %j',
    { timeout: 60_000 },
    (lib) => {
      const project = new Project({
        compilerOptions: {
          lib,
          strict: true,
          exactOptionalPropertyTypes: true,
          noImplicitOverride: true,
          noImplicitReturns: true,
          noPropertyAccessFromIndexSignature: true,
          noUncheckedIndexedAccess: true,
          noUnusedLocals: true,
          noUnusedParameters: true,
          erasableSyntaxOnly: true,
          allowJs: true,
          checkJs: true,
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.NodeNext,
          moduleResolution: ts.ModuleResolutionKind.NodeNext,
          types: ['node'],
          noEmit: true,
          skipLibCheck: true,
        },
      });
      const virtual = (name: string, text: string): void => void project.createSourceFile(join(import.meta.dirname, `virtual-${name}`), text);
      virtual('lifecycle-stack.ts', lifecycleStackSource('a.ts'));
      virtual('lifecycle-plain.mjs', lifecycleStackSource('a.mjs'));
      virtual('lifecycle-plain.cjs', lifecycleStackSource('a.cjs'));
      const isNative = lib.some((name) => name.includes('esnext'));
      virtual(
        'user.ts',
        `import { AsyncDisposableStack as Plain } from './virtual-lifecycle-plain.mjs';
        import { AsyncDisposableStack as Stack } from './virtual-lifecycle-stack.js';
        class Bus { async stop(): Promise<void> {} [Symbol.asyncDispose](): Promise<void> { return this.stop(); } }
        export async function main(): Promise<Stack> {
          await using typed = new Stack();
          await using plain = new Plain();
          const bus: Bus = typed.use(new Bus());
          plain.defer(() => bus.stop());
          plain.adopt(bus, (one) => one.stop());
          const same: Bus = plain.use(bus);
          void same;
          return typed.move();
        }
        ${isNative ? 'export const native: AsyncDisposableStack = new Stack();' : ''}`,
      );
      expect(project.formatDiagnosticsWithColorAndContext(project.getPreEmitDiagnostics())).toBe('');
    },
  );
});
