import { join } from 'node:path';
import { defineConfig } from 'tsdown';
import { codemodNamesOnDisk } from './tools/names-on-disk.ts';

const codemods = codemodNamesOnDisk(import.meta.dirname).map((name) => `codemods/${name}`);

export default defineConfig({
  entry: {
    plugin: 'rules/plugin.ts',
    'cli/main': 'cli/main.ts',
    // A worker thread loads it by its path.
    'cli/plan-worker': 'cli/planning/plan-worker.ts',
    ...Object.fromEntries(codemods.map((path) => [path, `${path}.ts`])),
  },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  // Users need not have typescript-eslint: members marked @internal go, and with them every type that comes from there.
  dts: { entry: ['rules/plugin.ts', ...codemods.map((path) => `${path}.ts`)], compilerOptions: { stripInternal: true } },
  copy: ({ outDir }) => [{ from: 'cli/inventory/page/*.{css,html,js}', to: join(outDir, 'page') }],
  deps: { neverBundle: [/^@typescript-eslint\//] },
  treeshake: { moduleSideEffects: [{ test: /^@typescript-eslint\//, sideEffects: false }] },
  failOnWarn: true,
  checks: { pluginTimings: false },
});
