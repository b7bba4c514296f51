import { Project, ts } from 'ts-morph';
import { expect, test } from 'vitest';
import typescript from 'typescript';
import { instanceTypeOf } from '../../model/instance-type.ts';
import type { InstanceType } from '../../model/types.ts';

/** The type of the variable `it` in a text, as the compiler of ts-morph has it. */
function typeIn(text: string, lib: readonly string[] = ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts']): InstanceType | undefined {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { strict: true, target: ts.ScriptTarget.ES2022, lib: [...lib], types: [] } });
  const file = project.createSourceFile('/a.ts', text);
  const declaration = file.getDescendantsOfKind(ts.SyntaxKind.VariableDeclaration).find((each) => each.getName() === 'it');
  if (declaration === undefined) throw new Error('nothing is called `it`');
  const node = declaration.compilerNode;
  const checker = project.getTypeChecker().compilerObject;
  return instanceTypeOf(checker.getTypeAtLocation(node), checker);
}

function disposable(text: string): string | undefined {
  return typeIn(text)?.isAsyncDisposable;
}

function asynchrony(members: string): string | undefined {
  return typeIn(`class Bus { ${members} }\ndeclare const it: Bus;`)?.method('stop')?.isAsync;
}

const DISPOSABLE = 'async [Symbol.asyncDispose]() {}';

test('is disposable if `await using` has a method to call', () => {
  expect(disposable(`class Bus { ${DISPOSABLE} }\nconst it = new Bus();`)).toBe('yes');
  expect(disposable(`class Base { ${DISPOSABLE} }\nclass Bus extends Base {}\nconst it = new Bus();`)).toBe('yes');
  expect(disposable('declare const it: AsyncDisposable & { name: string };')).toBe('yes');
  expect(disposable(`class Bus { ${DISPOSABLE} }\ndeclare const it: Bus | undefined;`)).toBe('yes');
  expect(disposable(`class Bus { ${DISPOSABLE} }\nexport function f<T extends Bus>(bus: T) { const it = bus; }`)).toBe('yes');
  expect(disposable('class Bus { async stop() {} }\nconst it = new Bus();')).toBe('no');
  expect(disposable('interface Bus { stop(): void }\ndeclare const it: Bus;')).toBe('no');
});

test('is not sure where the type is not', () => {
  expect(disposable('class Bus { [Symbol.dispose]() {} }\nconst it = new Bus();')).toBe('unknown');
  expect(disposable('declare const it: { [Symbol.asyncDispose]?(): Promise<void> };')).toBe('unknown');
  expect(disposable(`class Bus { ${DISPOSABLE} }\nclass Wire {}\ndeclare const it: Bus | Wire;`)).toBe('unknown');
  expect(disposable("import { Base } from 'nowhere';\nclass Bus extends Base {}\nconst it = new Bus();")).toBe('unknown');
  expect(disposable("import { Base } from 'nowhere';\nclass Wire extends Base {}\nclass Bus extends Wire {}\nconst it = new Bus();")).toBe('unknown');
  expect(disposable("import { Base } from 'nowhere';\ninterface Bus extends Base { x: 1 }\ndeclare const it: Bus;")).toBe('unknown');
  expect(typeIn(`class Bus { ${DISPOSABLE} }\nconst it = new Bus();`, ['lib.es2022.d.ts'])?.isAsyncDisposable).toBe('unknown');
  expect(disposable('class Bus { [Symbol.iterator]() { return [][Symbol.iterator](); } }\nconst it = new Bus();')).toBe('no');
});

test('gives none of what is no object or not known', () => {
  for (const type of ['any', 'unknown', 'never', 'string', "'on' | 'off'", '1', 'boolean', 'symbol', 'object', 'undefined', 'null', 'Missing', 'string | { stop(): void }']) {
    expect(typeIn(`declare const it: ${type};`), type).toBeUndefined();
  }
});

test('names the class or the interface, or the alias of what has no other name', () => {
  expect(typeIn('class Bus { x = 1 }\nconst it = new Bus();')?.name).toBe('Bus');
  expect(typeIn('class Bus<T> { x?: T }\nconst it = new Bus<string>();')?.name).toBe('Bus');
  expect(typeIn('export default class Bus { x = 1 }\nconst it = new Bus();')?.name).toBe('Bus');
  expect(typeIn('type Bus = { stop(): void };\ndeclare const it: Bus;')?.name).toBe('Bus');
  expect(typeIn('const it = { stop() {} };')?.name).toBe('');
  expect(typeIn('class Bus { x = 1 }\nconst it = Bus;')?.name).toBe('typeof Bus');
  expect(typeIn('class A { a = 1 }\nclass B { b = 1 }\ndeclare const it: A | B;')?.name).toBe('');
});

test('tells whether a method gives a promise', () => {
  expect(asynchrony('async stop() {}')).toBe('yes');
  expect(asynchrony('stop = async () => {};')).toBe('yes');
  expect(asynchrony('stop(): PromiseLike<void> { throw 1; }')).toBe('yes');
  expect(asynchrony('stop?(): Promise<void>;')).toBe('yes');
  expect(asynchrony('stop() {}')).toBe('no');
  expect(asynchrony('stop(): string | number { return 1; }')).toBe('no');
  expect(asynchrony('stop(): this { return this; }')).toBe('no');
});

test('is not sure of a method where its type is not', () => {
  expect(asynchrony('stop: any;')).toBe('unknown');
  expect(asynchrony('stop(): any {}')).toBe('unknown');
  expect(asynchrony('stop(): Missing { throw 1; }')).toBe('unknown');
  expect(asynchrony('stop(): Promise<void> | void {}')).toBe('unknown');
  expect(asynchrony('stop(now: true): void; stop(now: false): Promise<void>; stop(now: boolean): any {}')).toBe('unknown');
  // What is typed to return nothing may return a promise all the same.
  expect(asynchrony('declare stop: () => void;')).toBe('unknown');
  expect(typeIn('interface Bus { stop(): void }\ndeclare const it: Bus;')?.method('stop')).toEqual({ isAsync: 'unknown' });
});

test('what cannot be called is no method', () => {
  const type = typeIn('class Bus { stopped = true; "stop"?: string }\nconst it = new Bus();');
  expect(type?.method('stopped')).toBeUndefined();
  expect(type?.method('stop')).toBeUndefined();
  expect(type?.method('start')).toBeUndefined();
  expect(typeIn('declare const it: { stop(): void } | { start(): void };')?.method('stop')).toBeUndefined();
});

test('asks the compiler that ESLint brings in the same words', () => {
  const path = '/a.ts';
  const text = `class Bus { async stop() {} }\nconst it = new Bus();`;
  const host = typescript.createCompilerHost({});
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.ES2022, true);
  const program = typescript.createProgram([path], { lib: ['lib.es2022.d.ts'], types: [] }, { ...host, getSourceFile: (name, how) => (name === path ? file : host.getSourceFile(name, how)) });
  const statement = file.statements.find(typescript.isVariableStatement);
  const checker = program.getTypeChecker();
  const type = statement?.declarationList.declarations[0] === undefined ? undefined : instanceTypeOf(checker.getTypeAtLocation(statement.declarationList.declarations[0]), checker);
  expect(type).toMatchObject({ name: 'Bus', isAsyncDisposable: 'no' });
  expect(type?.method('stop')).toEqual({ isAsync: 'yes' });
});
