import dedent from 'dedent';
import { expect, test } from 'vitest';
import type { Project } from '../../../model/project.ts';
import { fakeProject } from '../../codemods/fake-project.ts';
import { mendProviders, type Texts } from './run.ts';

const BUS = dedent`
  export class Bus {
    name = '';
    async start(_port?: number): Promise<void> {}
    async stop(): Promise<void> {}
    async subscribe(_topic: string): Promise<void> {}
    publish(_text: string): void {}
  }
`;

const FACTORY = dedent`
  ${BUS}
  export async function createBus(): Promise<Bus> {
    const bus = new Bus();
    await bus.start();
    return bus;
  }
`;

/** What the caller does with it, in a file of its own. */
function called(text: string): Texts {
  return { '/bus.ts': FACTORY, '/main.ts': `import { Bus, createBus } from './bus.js';\n${dedent(text)}\n` };
}

/** A factory with another body, and a caller that could start what it gives. */
function made(body: string, head = 'export async function createBus(port = 1): Promise<Bus> {'): Texts {
  const main = "import { createBus } from './bus.js';\nconst bus = await createBus();\ntry { bus.publish('a'); } finally { await bus.stop(); }\n";
  return { '/bus.ts': `${BUS}\nvoid globalThis;\n${head}\n${dedent(body)}\n}\n`, '/main.ts': main };
}

const LEFT: readonly (readonly [string, Texts, readonly (readonly [string, number, string])[]])[] = [
  ['in a sync function', called('export function main(): Promise<Bus> { const bus = createBus(); return bus; }'), [['/main.ts', 2, 'is not waited for here, so what it gives cannot be started here']]],
  ['with then', called('export function main() { return createBus().then((bus) => bus.name); }'), [['/main.ts', 2, 'is not waited for here, so what it gives cannot be started here']]],
  ['returned at once', called('export async function main() { return await createBus(); }'), [['/main.ts', 2, 'is returned on here before anything could start it']]],
  ['returned by an arrow function', called('export const main = async () => await createBus();'), [['/main.ts', 2, 'is returned on here before anything could start it']]],
  ['returned later', called("export async function main() {\n  const bus = await createBus();\n  bus.publish('a');\n  return bus;\n}"), [['/main.ts', 5, 'is returned on here by its caller, which would hand it out started again']]],
  ['passed on', called('const all: Bus[] = [];\nall.push(await createBus());\nawait all[0]?.stop();'), [['/main.ts', 3, 'is passed on here before anything could start it']]],
  ['used at once', called("(await createBus()).publish('a');"), [['/main.ts', 2, 'is passed on here before anything could start it']]],
  ['made together with another', called('const [one, two] = await Promise.all([createBus(), createBus()]);\nawait one.stop();\nawait two.stop();'), [
    ['/main.ts', 2, 'is not waited for here, so what it gives cannot be started here'],
    ['/main.ts', 2, 'is not waited for here, so what it gives cannot be started here'],
  ]],
  ['taken apart', called('const { name } = await createBus();\nvoid name;'), [['/main.ts', 2, 'is kept here where others may find it before it is started']]],
  ['kept only where there is none', called('let bus: Bus | undefined;\nexport async function get(): Promise<void> {\n  bus ??= await createBus();\n}\nexport { bus };'), [['/main.ts', 4, 'is kept in a way that cannot be followed here before anything could start it']]],
  ['kept for the next time', called('let bus: Bus | undefined;\nexport async function publish(): Promise<void> {\n  if (bus === undefined) {\n    bus = await createBus();\n  }\n  bus.publish("a");\n}'), [['/main.ts', 4, 'is kept by its caller in bus, which is taken for started as soon as it is set (line 4)']]],
  ['kept in a field for the next time', called('export class Shop {\n  kept?: Bus;\n  async prepare(): Promise<void> {\n    if (this.kept) return;\n    this.kept = await createBus();\n  }\n}'), [['/main.ts', 6, 'is kept by its caller in this.kept, which is taken for started as soon as it is set (line 5)']]],
  ['kept in a field of somebody else', called('export const shop: { bus?: Bus } = {};\nexport async function prepare(): Promise<void> {\n  shop.bus = await createBus();\n}'), [['/main.ts', 4, 'is kept here where others may find it before it is started']]],
  ['started once more', called('const bus = await createBus();\nawait bus.start();\nawait bus.stop();'), [['/main.ts', 3, 'is started by its caller too (line 3): it is not clear which of the two starts counts']]],
  ['stopped too late to be sure of it', called("const count = async (): Promise<number> => 1;\nexport async function main(): Promise<void> {\n  const bus = await createBus();\n  const lines = await count();\n  await bus.stop();\n  await count();\n  bus.publish(String(lines + (await count())));\n}"), [
    ['/main.ts', 4, 'could be started here, but then nothing is sure to stop it: let its caller stop it in a `finally` first'],
  ]],
  ['dropped', called('await createBus();'), [['/main.ts', 2, 'is dropped here before anything could start it']]],
  ['handed on as a value', called('export const factories = [createBus];'), [['/main.ts', 2, 'is handed on as a value here, to callers that cannot be seen']]],
  ['given to a container', called("export const busProvider = { provide: 'BUS', useFactory: createBus };"), [
    ['/main.ts', 2, 'is called by a container here, and nobody can be seen to start what that hands out: move the start to where it is stopped, such as onModuleInit'],
  ]],
  ['one caller of two could', called("export async function good(): Promise<void> {\n  const bus = await createBus();\n  try { bus.publish('a'); } finally { await bus.stop(); }\n}\nexport const bad = () => createBus();"), [
    ['/main.ts', 6, 'is not waited for here, so what it gives cannot be started here'],
  ]],
  ['called by nobody', { '/bus.ts': FACTORY }, [['/bus.ts', 8, 'is not called by anybody in the project, so nobody would start what it gives']]],
  ['published', { '/entry.ts': FACTORY, '/main.ts': "import { createBus } from './entry.js';\nconst bus = await createBus();\ntry { bus.publish('a'); } finally { await bus.stop(); }\n" }, [
    ['/entry.ts', 8, 'can be imported from outside the project, by callers that cannot be seen'],
  ]],
  ['mocked in a test', { ...called("const bus = await createBus();\ntry { bus.publish('a'); } finally { await bus.stop(); }"), '/main.test.ts': "declare const vi: { mock: (path: string, factory: () => object) => void };\nvi.mock('./bus.js', () => ({ createBus: () => ({}) }));\n" }, [
    ['/bus.ts', 8, 'is replaced in /main.test.ts, by something that may not be fit to be started'],
  ]],
  ['spied upon in a test', { ...called("const bus = await createBus();\ntry { bus.publish('a'); } finally { await bus.stop(); }"), '/main.test.ts': "import * as buses from './bus.js';\ndeclare const vi: { spyOn: (of: object, name: string) => void };\nvi.spyOn(buses, 'createBus');\n" }, [
    ['/bus.ts', 8, 'is replaced in /main.test.ts, by something that may not be fit to be started'],
  ]],
  ['mocked in a test by another file that exports it', { ...called("const bus = await createBus();\ntry { bus.publish('a'); } finally { await bus.stop(); }"), '/index.ts': "export * from './bus.js';\n", '/main.test.ts': "declare const vi: { mock: (path: string, factory: () => object) => void };\nvi.mock('./index.js', () => ({ createBus: () => ({}) }));\n" }, [
    ['/bus.ts', 8, 'is replaced in /main.test.ts, by something that may not be fit to be started'],
  ]],
  ['has a comment in its start', made('  const bus = new Bus();\n  await bus.start(/* any port */);\n  return bus;'), [['/bus.ts', 11, 'has a comment within its start at line 11']]],
  ['uses it started', made("  const bus = new Bus();\n  await bus.start();\n  await bus.subscribe('all');\n  return bus;"), [['/bus.ts', 12, 'does more with bus started before it hands it out (line 12)']]],
  ['returns something of it', made('  const bus = new Bus();\n  await bus.start();\n  return await bus;'), [['/bus.ts', 12, 'does not return bus itself, so its callers may not be able to start it']]],
  ['starts it sometimes', made('  const bus = new Bus();\n  if (port > 0) await bus.start();\n  return bus;'), [['/bus.ts', 11, 'starts bus only on some of its ways']]],
  ['starts it with what it knows', made('  const bus = new Bus();\n  await bus.start(port);\n  return bus;'), [['/bus.ts', 11, 'starts bus with what only it knows']]],
  ['does not wait', made('  const bus = new Bus();\n  bus.start();\n  return bus;'), [['/bus.ts', 11, 'does not wait for bus.start() by itself']]],
  ['gives an old one', made('  if (port > 1) return old;\n  const bus = new Bus();\n  await bus.start();\n  return bus;', 'const old = new Bus();\nexport async function createBus(port = 1): Promise<Bus> {'), [['/bus.ts', 11, 'returns something else at line 11, which its callers must not start']]],
  ['shares it', made('  const bus = new Bus();\n  shared.push(bus);\n  await bus.start();\n  return bus;', 'const shared: Bus[] = [];\nexport async function createBus(): Promise<Bus> {'), [['/bus.ts', 12, 'hands bus to somebody else at line 12, who would have it unstarted']]],
  ['is written into a container', { '/bus.ts': `${BUS}\nexport const busProvider = {\n  provide: 'BUS',\n  useFactory: async () => {\n    const bus = new Bus();\n    await bus.start();\n    return bus;\n  },\n};\n` }, [
    ['/bus.ts', 10, 'is called by a container here, and nobody can be seen to start what that hands out: move the start to where it is stopped, such as onModuleInit'],
  ]],
];

const CONTAINER = `${BUS}
const container = { register(_token: string, _make: () => unknown): void {}, resolve: (_token: string): Promise<Bus> => Promise.resolve(new Bus()) };
container.register('BUS', async () => {
  const bus = new Bus();
  await bus.start();
  return bus;
});
`;
const RESOLVE = "const bus = await container.resolve('BUS');\n  try { bus.publish('a'); } finally { await bus.stop(); }";
const NOT_ONCE = 'is called by a container here, and nobody can be seen to start what that hands out: move the start to where it is stopped, such as onModuleInit';

test.each([
  ['in a function that may be called often', `export async function handle() {\n  ${RESOLVE}\n}`],
  ['in a function that is called twice', `async function handle() {\n  ${RESOLVE}\n}\nawait handle();\nawait handle();`],
  ['in a loop', `for (const _ of [1, 2]) {\n  ${RESOLVE}\n}`],
  ['in two places', `${RESOLVE}\nawait (await container.resolve('BUS')).stop();`],
  ['by somebody else by its name', `${RESOLVE}\ndeclare function inject(token: string): void;\ninject('BUS');`],
  ['by nobody', ''],
])('what a container makes is left where it is asked for %s', (_name, text) => {
  const file = '/bus.ts';
  const project: Project = { ...fakeProject({ [file]: CONTAINER + text }), declarationOf: () => ({ file, offset: 0 }) };
  const result = mendProviders(project);
  expect(result.texts.size).toBe(0);
  expect(result.services.get(file)?.flatMap(({ left }) => left.map(({ why }) => why))).toEqual([NOT_ONCE]);
});

test('what a container makes is started where it is asked for, in the one place where it is', () => {
  const file = '/bus.ts';
  const project: Project = { ...fakeProject({ [file]: CONTAINER + RESOLVE }), declarationOf: () => ({ file, offset: 0 }) };
  expect(mendProviders(project).texts.get(file)).toBe(CONTAINER.replace('  await bus.start();\n', '') + RESOLVE.replace(';', ';\nawait bus.start();'));
});

test.each(LEFT)('%s', (_name, texts, expected) => {
  const project: Project = { ...fakeProject(texts), isPublished: ({ file }) => (file === '/entry.ts' ? 'yes' : 'no') };
  const result = mendProviders(project);
  expect([...result.texts]).toEqual([]);
  const left = [...result.services].flatMap(([file, services]) => services.flatMap((service) => service.left.map((one) => [one.file ?? file, one.line, one.why])));
  expect(left).toEqual(expected);
});
