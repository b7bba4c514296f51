import { expect, test } from 'vitest';
import type { InstanceType } from '../../../model/types.ts';
import { CONFIG, opened } from './opened.ts';

const BUS = `export class Bus {
  async start(): Promise<void> {}
  stop() { return Promise.resolve(); }
  name() { return 'bus'; }
  async [Symbol.asyncDispose]() {}
}
`;

/** The type of the last expression of the file that it is written in. */
function typeOfLast(text: string, files: Readonly<Record<string, string>> = {}, name = 'a.ts'): InstanceType | undefined {
  const { project, folder } = opened({ 'tsconfig.json': CONFIG, 'bus.ts': BUS, ...files, [name]: text }, name);
  const source = project.sourceOf(folder.at(name));
  const last = source?.program.body.at(-1);
  if (last?.type !== 'ExpressionStatement') throw new Error('no expression');
  return source?.types?.typeOf(last.expression);
}

test('tells what an expression is an instance of, through imports', () => {
  const type = typeOfLast("import { Bus } from './bus';\nnew Bus();\n");
  expect(type?.name).toBe('Bus');
  expect(type?.isAsyncDisposable).toBe('yes');
  expect(type?.method('start')).toEqual({ isAsync: 'yes' });
  expect(type?.method('stop')).toEqual({ isAsync: 'yes' });
  expect(type?.method('name')).toEqual({ isAsync: 'no' });
  expect(type?.method('gone')).toBeUndefined();
});

test('takes the expression at its offsets: after a byte order mark, CRLF and emoji, in brackets, without a semicolon', () => {
  expect(typeOfLast("\uFEFF// 🚌\r\nimport { Bus } from './bus'\r\nconst x = '🚌', bus = new Bus()\r\n\tbus\r\n")?.name).toBe('Bus');
  expect(typeOfLast("import { Bus } from './bus';\nconst bus = new Bus();\n((bus));\n")?.name).toBe('Bus');
  expect(typeOfLast("import { Bus } from './bus';\nconst it = { bus: new Bus() as Bus | undefined };\nit?.bus;\n")?.name).toBe('Bus');
  expect(typeOfLast("import { Bus } from './bus';\nawait Promise.resolve(new Bus());\n")?.name).toBe('Bus');
  expect(typeOfLast("import { Bus } from './bus';\nnew Bus()!;\n")?.name).toBe('Bus');
});

test('tells nothing of what cannot be resolved', () => {
  expect(typeOfLast("import { Bus } from 'nowhere';\nnew Bus();\n")).toBeUndefined();
  expect(typeOfLast('JSON.parse("1");\n')).toBeUndefined();
  expect(typeOfLast('1 + 1;\n')).toBeUndefined();
});

test('reads plain JavaScript too', () => {
  const type = typeOfLast("import { Bus } from './wire.js';\nnew Bus();\n", { 'tsconfig.json': CONFIG.replace('{"', '{"allowJs":true,"'), 'wire.js': 'export class Bus { async start() {} }\n' }, 'a.mjs');
  expect(type?.name).toBe('Bus');
  expect(type?.method('start')).toEqual({ isAsync: 'yes' });
  expect(type?.isAsyncDisposable).toBe('no');
});
