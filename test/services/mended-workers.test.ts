import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Project } from 'ts-morph';
import { ScriptTarget } from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileModules } from '../explorer/compile-modules.ts';
import { AsyncDisposableStack } from './async-disposable-stack.ts';
import { fixtureOf, mendWorkers } from './mend-worker.ts';
import { attempt, trialsOf, workDuringStop } from './worker-trial.ts';
import { type Main, workers } from './workers.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES = ['dlq-manager', 'event-store-consumer', 'kafka-producer', 'pod-monitor', 'sse-bridge'];
/** `use-await-using` mends them by itself. */
const MENDED = workers.filter(({ name }) => name !== 'app-container');

// Its text is what is tried, wherever this runs.
beforeAll(() => void vi.stubGlobal('AsyncDisposableStack', AsyncDisposableStack));
afterAll(() => void vi.unstubAllGlobals());

describe.each([
  { form: 'a try for each, on Node 20', nodeMajor: 20, hasDispose: false, told: 'the last failure', contains: '} finally {' },
  { form: 'a stack of our own, on Node 20', nodeMajor: 20, hasDispose: false, isLowered: true, told: 'every failure', contains: "import { AsyncDisposableStack } from './lifecycle-stack.ts';" },
  { form: 'a stack, without a dispose', nodeMajor: 24, hasDispose: false, told: 'every failure', contains: 'stack.defer(() => ' },
  { form: 'await using', nodeMajor: 24, hasDispose: true, told: 'every failure', contains: 'await using ' },
] as const)('$form', ({ form, hasDispose, told, contains, ...target }) => {
  const texts = mendWorkers(MENDED.map(({ name }) => name), SERVICES, { hasDispose, ...target });

  test('has no type error', () => {
    const project = new Project({ tsConfigFilePath: join(ROOT, 'tsconfig.json'), skipAddingFilesFromTsConfig: true });
    for (const [file, text] of texts) project.createSourceFile(file, text, { overwrite: true });
    expect(project.formatDiagnosticsWithColorAndContext(project.getPreEmitDiagnostics())).toBe('');
  });

  describe.each(MENDED.map((worker) => [worker.name, worker] as const))('%s', (name, worker) => {
    const stage = async () => {
      const file = compileModules(`fixtures/services/${name}/before.ts`, form.replaceAll(/\W+/g, '-'), ScriptTarget.ES2022, texts);
      const { main } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { readonly main: Main };
      return worker.stage(main);
    };

    test('is what it says', () => {
      expect(texts.get(fixtureOf(name))).toContain(contains);
    });

    test.runIf(hasDispose)('is after.ts', () => {
      // In a closure, TypeScript knows of no `let` that it has a value.
      const mended = texts.get(fixtureOf(name))?.replaceAll('/before.ts', '/after.ts').replaceAll('?.', '.');
      expect(mended).toBe(readFileSync(join(ROOT, `fixtures/services/${name}/after.ts`), 'utf8'));
    });

    test.each(trialsOf(worker.services, told).map((trial) => [trial.name, trial] as const))('%s', async (_name, trial) => {
      expect(await attempt(await stage(), trial)).toEqual(trial.expected);
    });

    test('loses nothing that comes while it stops', async () => {
      expect(await workDuringStop(await stage(), worker.services)).toEqual([]);
    });
  });
});
