import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { CONFIG, FIXTURE, opened, view } from './opened.ts';

const BUS = 'export class Bus { async start() {} async stop() {} }\n';

function references(files: Readonly<Record<string, string>>, file = 'bus.ts', mark = 'class [Bus]'): readonly string[] {
  const { project, at, show } = opened({ 'tsconfig.json': CONFIG, ...files }, file);
  return show(project.referencesTo(at(file, mark)));
}

test('finds every use of a class in several packages, whichever of them is asked for', () => {
  const folder = { root: FIXTURE, at: (name: string) => join(FIXTURE, name), read: (name: string) => readFileSync(join(FIXTURE, name), 'utf8'), write: () => undefined };
  for (const asked of ['packages/bus/src/bus.ts', 'packages/orders/src/audit.ts', 'apps/shop/src/view.tsx']) {
    const { project, at, show } = view(openProject([join(FIXTURE, asked)]), folder);
    expect(show(project.referencesTo(at('packages/bus/src/bus.ts', 'class [Bus]')))).toEqual([
      'apps/shop/src/later.mts:3:11',
      'apps/shop/src/later.mts:3:16',
      'apps/shop/src/later.mts:4:20',
      'apps/shop/src/later.mts:8:28',
      'apps/shop/src/view.tsx:1:10',
      'apps/shop/src/view.tsx:3:49',
      'apps/shop/src/view.tsx:4:27',
      'apps/shop/src/view.tsx:7:51',
      'packages/billing/src/invoices.ts:1:10',
      'packages/billing/src/invoices.ts:4:24',
      'packages/billing/src/invoices.ts:7:62',
      'packages/billing/src/ledger.ts:5:23',
      'packages/billing/src/ledger.ts:8:26',
      'packages/billing/src/ledger.ts:8:42',
      'packages/bus/src/create-bus.ts:1:10',
      'packages/bus/src/create-bus.ts:4:49',
      'packages/bus/src/create-bus.ts:5:14',
      'packages/bus/src/create-bus.ts:9:64',
      'packages/bus/src/index.ts:1:10',
      'packages/bus/src/index.ts:2:10',
      'packages/bus/src/index.ts:2:17',
      'packages/bus/src/loud-bus.ts:1:10',
      'packages/bus/src/loud-bus.ts:1:17',
      'packages/bus/src/loud-bus.ts:3:30',
      'packages/bus/src/retrying-bus.ts:3:40',
      'packages/bus/src/testing.ts:1:15',
      'packages/bus/src/testing.ts:4:37',
      'packages/orders/src/audit.ts:1:10',
      'packages/orders/src/audit.ts:5:19',
      'packages/orders/src/carrier.ts:2:53',
      'packages/orders/src/order-desk.ts:1:10',
      'packages/orders/src/order-desk.ts:5:23',
    ]);
    expect(show(project.referencesTo(at('packages/bus/src/loud-bus.ts', 'default [class]')))).toEqual([
      'packages/billing/src/invoices.ts:2:8',
      'packages/billing/src/invoices.ts:4:29',
      'packages/billing/src/invoices.ts:7:30',
      'packages/bus/src/index.ts:4:10',
      'packages/bus/src/index.ts:4:21',
    ]);
    expect(show(project.referencesTo(at('packages/bus/src/retrying-bus.ts', 'class [RetryingBus]')))).toEqual([
      'packages/testing/src/index.ts:1:10',
      'packages/testing/src/index.ts:5:14',
      'packages/testing/src/index.ts:5:24',
      'packages/testing/src/index.ts:7:28',
      'packages/testing/src/index.ts:8:21',
    ]);
  }
});

test('a default export under any name, and re-exported as another', () => {
  expect(
    references({
      'bus.ts': 'class Bus {}\nexport default Bus;\n',
      'a.ts': "import Wire from './bus';\nnew Wire();\n",
      'barrel.ts': "export { default } from './bus';\nexport { default as Named } from './bus';\n",
      'b.ts': "import Other, { Named as Mine } from './barrel';\nnew Other(), new Mine();\n",
    }),
  ).toEqual(['a.ts:1:8', 'a.ts:2:5', 'b.ts:1:8', 'b.ts:1:17', 'b.ts:1:26', 'b.ts:2:5', 'b.ts:2:18', 'barrel.ts:1:10', 'barrel.ts:2:10', 'barrel.ts:2:21', 'bus.ts:2:16']);
});

test('a namespace that is exported, and one that is loaded later', () => {
  expect(
    references({
      'bus.ts': BUS,
      'barrel.ts': "export * as wires from './bus';\n",
      'a.ts': "import { wires } from './barrel';\nnew wires.Bus();\nlet kept: wires.Bus;\n",
      'b.ts': "export const bus = async () => new (await import('./bus')).Bus();\nimport('./bus').then(({ Bus }) => new Bus());\n",
      'c.ts': "const { Bus } = await import('./bus');\nnew Bus();\nexport type Loaded = typeof import('./bus')['Bus'];\n",
    }),
  ).toEqual(['a.ts:2:11', 'a.ts:3:17', 'b.ts:1:60', 'b.ts:2:25', 'b.ts:2:39', 'c.ts:1:9', 'c.ts:2:5']);
});

test('CommonJS, in both languages', () => {
  expect(
    references(
      {
        'tsconfig.json': JSON.stringify({ compilerOptions: { allowJs: true, lib: ['es2022'], types: [], module: 'commonjs', ignoreDeprecations: '6.0' } }),
        'bus.js': 'class Bus {}\nmodule.exports = { Bus };\n',
        'a.js': "const { Bus } = require('./bus');\nnew Bus();\n",
        'b.js': "const wires = require('./bus');\nnew wires.Bus();\n",
        'c.ts': "import wires = require('./bus');\nnew wires.Bus();\n",
      },
      'bus.js',
    ),
  ).toEqual(['a.js:1:9', 'a.js:2:5', 'b.js:2:11', 'bus.js:2:20', 'c.ts:2:11']);
  expect(
    references(
      {
        'tsconfig.json': JSON.stringify({ compilerOptions: { lib: ['es2022'], types: [], module: 'commonjs', esModuleInterop: true, ignoreDeprecations: '6.0' } }),
        'bus.ts': 'class Bus {}\nexport = Bus;\n',
        'a.ts': "import Wire = require('./bus');\nnew Wire();\n",
        'b.ts': "import Other from './bus';\nnew Other();\n",
      },
    ),
  ).toEqual(['a.ts:1:8', 'a.ts:2:5', 'b.ts:1:8', 'b.ts:2:5', 'bus.ts:2:10']);
});

test('a name that is another thing is none of them', () => {
  expect(
    references({
      'bus.ts': BUS,
      'a.ts': "class Bus {}\nnew Bus();\nexport const Other = { Bus: 1 };\nOther.Bus;\n",
      'b.ts': "import { Bus } from './bus';\nexport function f(Bus: { new (): object }) { return new Bus(); }\nf(Bus);\n// new Bus()\n'Bus';\n",
    }),
  ).toEqual(['b.ts:1:10', 'b.ts:3:3']);
});

test('a constant that is only another name, but no variable', () => {
  expect(
    references({
      'bus.ts': BUS,
      'a.ts': "import { Bus } from './bus';\nexport const Same = Bus;\nlet other = Bus;\nnew other();\n",
      'b.ts': "import { Same } from './a';\nnew Same();\n",
    }),
  ).toEqual(['a.ts:1:10', 'a.ts:2:14', 'a.ts:2:21', 'a.ts:3:13', 'b.ts:1:10', 'b.ts:2:5']);
});

test('a function, a variable, a method and a private field', () => {
  const { project, at, show } = opened(
    {
      'tsconfig.json': CONFIG,
      'bus.ts': 'export class Bus { #on = 1; start() { return this.#on; } }\nexport const bus = new Bus();\nexport const make = () => new Bus();\n',
      'a.ts': "import { bus, make } from './bus';\nbus.start();\nmake().start?.();\nconst { start } = bus;\nconst other = bus;\nother;\n",
    },
    'a.ts',
  );
  expect(show(project.referencesTo(at('bus.ts', '[start]()')))).toEqual(['a.ts:2:5', 'a.ts:3:8', 'a.ts:4:9']);
  expect(show(project.referencesTo(at('bus.ts', '#on')))).toEqual(['bus.ts:1:51']);
  expect(show(project.referencesTo(at('bus.ts', '[make] =')))).toEqual(['a.ts:1:15', 'a.ts:3:1']);
  expect(show(project.referencesTo(at('bus.ts', 'const [bus]')))).toEqual(['a.ts:1:10', 'a.ts:2:1', 'a.ts:4:19', 'a.ts:5:15']);
});

test('offsets are those of oxc: no byte order mark, CRLF and emoji counted as they are', () => {
  const { project, at, folder } = opened(
    {
      'tsconfig.json': CONFIG,
      'bus.ts': `\uFEFF// 🚌🚌\r\n\t${BUS}`,
      'a.ts': "\uFEFF// é 🚌\r\nimport { Bus } from './bus';\r\n\tconst label = '🚌';\tnew Bus();\r\n",
    },
    'a.ts',
  );
  const places = project.referencesTo(at('bus.ts', 'class [Bus]'));
  expect(places.map(({ offset }) => offset)).toEqual([at('a.ts', '[Bus] }').offset, at('a.ts', 'new [Bus]').offset]);
  const source = project.sourceOf(folder.at('a.ts'));
  expect(places.map(({ offset }) => source?.text.slice(offset, offset + 3))).toEqual(['Bus', 'Bus']);
  expect(source?.program.body[0]?.range[0]).toBe(source?.text.indexOf('import'));
});

test('finds the declaration that a name stands for', () => {
  const { project, at, show } = opened(
    {
      'tsconfig.json': CONFIG,
      'bus.ts': `${BUS}export default class extends Bus {}\n`,
      'barrel.ts': "export { Bus as Wire, default as Loud } from './bus';\n",
      'a.ts': "import { Wire, Loud as L } from './barrel';\nnew Wire().start();\nnew L();\nconst { Wire: Late } = await import('./barrel');\nnew Late(), missing, Promise;\n",
    },
    'a.ts',
  );
  const declaration = (mark: string) => {
    const place = project.declarationOf(at('a.ts', mark));
    return place === undefined ? undefined : show([place])[0];
  };
  expect(declaration('new [Wire]')).toBe('bus.ts:1:14');
  expect(declaration('{ [Wire],')).toBe('bus.ts:1:14');
  expect(declaration('[start]')).toBe('bus.ts:1:26');
  expect(declaration('new [L]')).toBe('bus.ts:2:16');
  expect(declaration('{ [Wire]: Late')).toBe('bus.ts:1:14');
  expect(declaration('missing')).toBeUndefined();
  expect(declaration('Promise')).toBeUndefined();
});
