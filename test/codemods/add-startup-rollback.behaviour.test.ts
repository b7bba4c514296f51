import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import addStartupRollback from '../../codemods/add-startup-rollback.ts';
import isolateTeardownSteps from '../../codemods/isolate-teardown-steps.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { compileService } from '../explorer/compile-service.ts';
import { exploreText } from '../explorer/explore-text.ts';
import { appLifespan, type LifespanClass } from '../services/app-lifespan.ts';
import { AsyncDisposableStack } from '../services/async-disposable-stack.ts';
import { proveStart, proveStop } from '../services/prove-lifespan.ts';

const fileName = 'fixtures/services/app-lifespan/before.ts';
const before = readFileSync(new URL(`../../${fileName}`, import.meta.url), 'utf8');

/** What isolate-teardown-steps leaves to somebody: whether the caller of stop is told of a cancellation. */
const HANDLER = `    try {
      await this.#registration?.withdraw(signal);
    } catch (error) {
      this.#logger.error({ error }, 'not withdrawn, the registration will expire');
    }
`;
const told = before.replace(HANDLER, '    await this.#registration?.withdraw(signal);\n');

beforeAll(() => void vi.stubGlobal('AsyncDisposableStack', AsyncDisposableStack));
afterAll(() => void vi.unstubAllGlobals());

const FORMS = [
  ['a handler', {}],
  ['a stack', { nodeMajor: 24, nodeTypesMajor: 24 }],
] as const;

describe.each(FORMS)('add-startup-rollback by %s on app-lifespan', async (form, options) => {
  const result = runCodemods([addStartupRollback], { fileName, text: before }, options);
  const Service = (await compileService(result.text, 'AppLifespan')) as LifespanClass;

  test('leaves nothing', () => {
    expect(result.services.flatMap(({ left }) => left)).toEqual([]);
    expect(result.text.includes('await using undo = new AsyncDisposableStack();')).toBe(form === 'a stack');
  });

  proveStart(() => Service);
});

describe.each(FORMS)('add-startup-rollback by %s and isolate-teardown-steps on app-lifespan', async (_form, options) => {
  const result = runCodemods([addStartupRollback, isolateTeardownSteps], { fileName, text: told }, options);
  const Service = (await compileService(result.text, 'AppLifespan')) as LifespanClass;

  test('leave nothing, once a cancellation is told', () => {
    expect(told).not.toBe(before);
    expect(result.services.flatMap(({ left }) => left)).toEqual([]);
    expect(runCodemods([isolateTeardownSteps], { fileName, text: before }).services[0]?.left.map(({ why }) => why)).toEqual([
      'the handler at line 130 ends a cancellation as if the step had succeeded',
    ]);
  });

  proveStart(() => Service);
  proveStop(() => Service);

  test('no order of events shows a fault', async () => {
    const { cut, faults } = await exploreText(appLifespan, result.text, { steps: 8 });
    expect(cut).toEqual([]);
    expect(faults).toEqual([]);
  });
});
