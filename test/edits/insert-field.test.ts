import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { parse } from '../../codemods/parse.ts';
import type { FieldRole } from '../../edits/field-role.ts';
import { insertField } from '../../edits/insert-field.ts';
import { memberNamingOf } from '../../edits/member-naming.ts';
import { classesOf } from '../../model/read-classes.ts';
import { ordersOf } from '../orders-of.ts';

const FIELDS: Readonly<Record<FieldRole, readonly [name: string, init: string]>> = {
  'limit of the class': ['DRAIN_TIMEOUT_MS', '10_000'],
  limit: ['drainTimeoutMs', '10_000'],
  lock: ['lifecycleLock', 'new Mutex()'],
  flag: ['unrestartable', 'false'],
};

function insert(text: string, role: FieldRole, fileName: string): string {
  const source = parse(fileName, text);
  const [facts] = classesOf(source.program, text);
  if (facts === undefined) throw new Error('no class');
  const naming = memberNamingOf(facts, source);
  const [name, init] = FIELDS[role];
  return applyChanges(text, [insertField(source, facts.node, naming, naming.prefix + name, init, role)]);
}

const OF_CLASS = ['limit of the class', 'lock', 'flag'] as const;
const OF_INSTANCE = ['limit', 'lock', 'flag'] as const;

describe('a limit, a lock and a flag come out in this order, whichever comes first', () => {
  test.each<[name: string, before: string, after: string, roles?: readonly FieldRole[], fileName?: string]>([
    [
      'the limit of the class first of all, the others after its fields',
      'class A {\n  #a = 1;\n  readonly #b = 2; // b\n\n  async start() {}\n}\n',
      'class A {\n  static readonly #DRAIN_TIMEOUT_MS = 10_000;\n  #a = 1;\n  readonly #b = 2; // b\n  readonly #lifecycleLock = new Mutex();\n  #unrestartable = false;\n\n  async start() {}\n}\n',
    ],
    [
      'the limit of the class after what is static there',
      'class A {\n  static readonly NAME = "a";\n  private b = 2;\n  start() {}\n}\n',
      'class A {\n  static readonly NAME = "a";\n  private static readonly DRAIN_TIMEOUT_MS = 10_000;\n  private b = 2;\n  private readonly lifecycleLock = new Mutex();\n  private unrestartable = false;\n  start() {}\n}\n',
    ],
    [
      'in a class without fields',
      'class A {\n  /** Starts. */\n  async start() {}\n}\n',
      'class A {\n  static readonly #DRAIN_TIMEOUT_MS = 10_000;\n  readonly #lifecycleLock = new Mutex();\n  #unrestartable = false;\n\n  /** Starts. */\n  async start() {}\n}\n',
    ],
    [
      'all of the instance',
      'class A {\n  start() {}\n}\n',
      'class A {\n  readonly #drainTimeoutMs = 10_000;\n  readonly #lifecycleLock = new Mutex();\n  #unrestartable = false;\n\n  start() {}\n}\n',
      OF_INSTANCE,
    ],
    [
      'set apart where the fields are',
      'class A {\n  /** One. */\n  #a = 1;\n\n  /** Two. */\n  #b = 2;\n\n  start() {}\n}\n',
      'class A {\n  static readonly #DRAIN_TIMEOUT_MS = 10_000;\n\n  /** One. */\n  #a = 1;\n\n  /** Two. */\n  #b = 2;\n\n  readonly #lifecycleLock = new Mutex();\n\n  #unrestartable = false;\n\n  start() {}\n}\n',
    ],
    [
      'on one line',
      'class A { #a = 1; start() {} }\n',
      'class A { static readonly #DRAIN_TIMEOUT_MS = 10_000; #a = 1; readonly #lifecycleLock = new Mutex(); #unrestartable = false; start() {} }\n',
    ],
    [
      'on one line without a field',
      'class A { start() {} }\n',
      'class A { static readonly #DRAIN_TIMEOUT_MS = 10_000; readonly #lifecycleLock = new Mutex(); #unrestartable = false; start() {} }\n',
    ],
    [
      'without semicolons but before a bracket',
      'const a = 1\nconst b = 2\nclass A {\n  #a = a;\n  [Symbol.iterator]() {}\n}\n',
      'const a = 1\nconst b = 2\nclass A {\n  static readonly #DRAIN_TIMEOUT_MS = 10_000\n  #a = a;\n  readonly #lifecycleLock = new Mutex()\n  #unrestartable = false;\n  [Symbol.iterator]() {}\n}\n',
    ],
    [
      'in the constructor of plain JavaScript',
      'class A {\n  constructor(url) {\n    this.url = url;\n    this.open();\n  }\n  start() {}\n}\n',
      'class A {\n  constructor(url) {\n    this.url = url;\n    this._drainTimeoutMs = 10_000;\n    this._lifecycleLock = new Mutex();\n    this._unrestartable = false;\n    this.open();\n  }\n  start() {}\n}\n',
      OF_INSTANCE,
      'a.cjs',
    ],
    [
      'in plain JavaScript with underscores',
      'class A {\n  _a = 1;\n  start() {}\n}\n',
      'class A {\n  static _DRAIN_TIMEOUT_MS = 10_000;\n  _a = 1;\n  _lifecycleLock = new Mutex();\n  _unrestartable = false;\n  start() {}\n}\n',
      OF_CLASS,
      'a.mjs',
    ],
    [
      'with a member that has no semicolon yet',
      'const a = 1;\nconst b = 2;\nclass A { #a = 1 }\n',
      'const a = 1;\nconst b = 2;\nclass A { static readonly #DRAIN_TIMEOUT_MS = 10_000; #a = 1; readonly #lifecycleLock = new Mutex(); #unrestartable = false; }\n',
    ],
  ])('%s', (_name, before, after, roles = OF_CLASS, fileName = 'a.ts') => {
    for (const order of ordersOf(roles)) {
      expect(order.reduce((text, role) => insert(text, role, fileName), before)).toBe(after);
    }
  });
});

test('a lock of the user keeps its comment', () => {
  const text = 'class A {\n  /** Ours. */\n  readonly #lifecycleLock = new Mutex();\n\n  start() {}\n}\n';
  expect(insert(text, 'limit', 'a.ts')).toBe(
    'class A {\n  readonly #drainTimeoutMs = 10_000;\n\n  /** Ours. */\n  readonly #lifecycleLock = new Mutex();\n\n  start() {}\n}\n',
  );
});
