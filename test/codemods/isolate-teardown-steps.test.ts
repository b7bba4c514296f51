import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import isolateTeardownSteps from '../../codemods/isolate-teardown-steps.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { serviceFixtures } from './cases.ts';

const START = 'async start() { this.a = await openA(); this.b = await openB(); }';

/** Why a class with this stop is left, after checking that its text is. */
function whyLeft(stop: string, fileName = 'pair.js'): readonly string[] {
  const text = `class Pair { ${START} ${stop} }`;
  const result = runCodemods([isolateTeardownSteps], { fileName, text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

/** What becomes of the body of `stop`, with `members` beside it. */
function stopOf(body: string, members = '', fileName = 'pair.js'): string {
  const text = `class Pair {\n  ${START}\n  ${members}\n  async stop() {\n${body.replaceAll(/^/gm, '    ')}\n  }\n}`;
  const result = runCodemods([isolateTeardownSteps], { fileName, text });
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
  expect(runCodemods([isolateTeardownSteps], { fileName, text: result.text }).text).toBe(result.text);
  return result.text;
}

describe('says why it left a class alone', () => {
  test('a return between the steps, which would leave without throwing', () => {
    expect(whyLeft('async stop() { await this.a.close(); if (!this.b) return; await this.b.close(); }')).toEqual(['line 1 returns between the steps']);
  });

  test('a throw between the steps', () => {
    expect(whyLeft("async stop() { await this.a.close(); if (!this.b) throw new Error('b'); await this.b.close(); }")).toEqual(['line 1 throws between the steps']);
  });

  test('a result of the last step that somebody may use', () => {
    expect(whyLeft('async stop() { await this.a.close(); return this.b.close(); }')).toEqual(['line 1 returns the result of the last step']);
    expect(whyLeft('async stop(): Promise<number> { await this.a.close(); return this.b.close(); }', 'pair.ts')).toEqual(['line 1 returns the result of the last step']);
  });

  test('a name that would be declared in a try', () => {
    expect(whyLeft('async stop() { const left = await this.a.drain(); await this.b.close(); report(left); }')).toEqual(['line 1 declares what later lines use, and may fail']);
  });

  test('a local that would be set in a try', () => {
    expect(whyLeft('async stop() { let left; left = await this.a.drain(); await this.b.close(); report(left); }')).toEqual(['line 1 sets what later lines use, and may fail']);
  });

  test('steps in a chain of promises', () => {
    expect(whyLeft('async stop() { await this.a.close().then(() => this.b.close()); }')).toEqual(['its steps are chained with .then(): a.close']);
    expect(whyLeft('async stop() { await this.a.close().finally(() => {}).then(() => this.b.close()); }')).toEqual(['its steps are chained with .then(): a.close']);
  });

  test('steps in one expression', () => {
    expect(whyLeft('async stop() { (await this.a.close(), await this.b.close()); }')).toEqual(['a.close and what it skips stand in one expression']);
    expect(whyLeft('async stop() { this.all.forEach((one) => one.stop()); }')).toEqual(['one.stop and what it skips stand in one expression']);
  });

  test('a handler that tells errors apart, which it could not do with several', () => {
    const stop = 'async stop() { try { await this.a.close(); await this.b.close(); } catch (error) { if (error.code !== 1) throw error; } }';
    expect(whyLeft(stop)).toEqual(['the handler at line 1 tells errors apart, and would not know one of several']);
  });

  test('the same in a method that calls the one with the steps', () => {
    const stop = 'async stop() { try { await this.both(); } catch (error) { if (error instanceof TimeoutError) this.stuck = true; throw error; } } async both() { await this.a.close(); await this.b.close(); }';
    expect(whyLeft(stop)).toEqual(['the handler at line 1 tells errors apart, and would not know one of several']);
  });

  test('a break between the steps of a loop that waits', () => {
    const stop = 'async stop() { while (this.busy) { await this.a.close(); if (this.done) break; await this.b.close(); } }';
    expect(whyLeft(stop)).toEqual(['line 1 leaves the loop between the steps']);
  });

  test('a cancellation that is taken for a success', () => {
    const stop = "async stop({ signal }) { try { await this.a.close({ signal }); } catch (error) { if (error.name === 'AbortError') return; throw error; } await this.b.close(); }";
    expect(whyLeft(stop)).toEqual(['the handler at line 1 ends a cancellation as if the step had succeeded']);
  });
});

describe('logs as the class does', () => {
  const twoSteps = 'await this.a.close();\nawait this.b.close();';

  test.each([
    ['message first', "this.log.error('no', { err });", "this.log.error('teardown step failed: a.close', { err: error });"],
    ['message first, the error by itself', "this.logger.error('no', err);", "this.logger.error('teardown step failed: a.close', error);"],
    ['fields first', "this.logger.error({ id, error: err }, 'no');", "this.logger.error({ error }, 'teardown step failed: a.close');"],
    ['the error first', "this.logger.error(err, 'no');", "this.logger.error(error, 'teardown step failed: a.close');"],
    ['a placeholder', "this.log.error('no - %e', err);", "this.log.error('teardown step failed: a.close - %e', error);"],
    ['the message alone', 'this.logger.error(`no: ${err}`);', 'this.logger.error(`teardown step failed: a.close: ${String(error)}`);'],
    ['a warning', "this.logger.warn({ err }, 'no');", "this.logger.warn({ err: error }, 'teardown step failed: a.close');"],
    ['only information', "this.logger.info({ id }, 'yes');", "this.logger.error({ error }, 'teardown step failed: a.close');"],
    ['errors rather than information', "this.logger.info('yes'); this.logger.error({ err }, 'no');", "this.logger.error({ err: error }, 'teardown step failed: a.close');"],
    ['the console', "console.warn('no', err);", "console.error('teardown step failed: a.close', error);"],
    ['a logger that may be absent', "this.logger?.error({ err }, 'no');", "console.error('teardown step failed: a.close', error);"],
    ['a logger that only a method knows', "const logger = make(); logger.error({ err }, 'no');", "console.error('teardown step failed: a.close', error);"],
    ['nothing', '', "console.error('teardown step failed: a.close', error);"],
  ])('%s', (_name, logging, expected) => {
    expect(stopOf(twoSteps, `work(id, err) { ${logging} }`)).toContain(`      ${expected}\n      failures.push(error);`);
  });

  test('not by a method that its interface does not have', () => {
    const text = dedent`
      interface Logger { info(fields: object, message: string): void }
      class Pair {
        private readonly logger: Logger = make();
        async start() { this.a = await open(); this.logger.info({}, 'started'); }
        async stop() {
          await this.a.close();
          await this.b.close();
        }
      }
    `;
    const result = runCodemods([isolateTeardownSteps], { fileName: 'pair.ts', text });
    expect(result.text).toContain("console.error('teardown step failed: a.close', error);");
    expect(result.text).not.toContain('this.logger.error');
  });
});

describe('leaves alone what', () => {
  test('leaves before the first step that may fail', () => {
    const text = stopOf('await this.halt();', 'async halt() { if (this.gone) { this.a.kill(); throw new Error(); } await this.a.close(); await this.b.close(); }');
    expect(text).toContain('if (this.gone) { this.a.kill(); throw new Error(); }\n');
  });

  test('stands in a base class, which is mended there', () => {
    const text = dedent`
      class Base { async start() { this.a = await open(); } async stop() { await this.a.close(); await this.b.close(); } }
      class Pair extends Base { async start() { await super.start(); this.c = await open(); } async stop() { await super.stop(); } }
    `;
    const { services } = runCodemods([isolateTeardownSteps], { fileName: 'pair.js', text });
    expect(services.map(({ service, added, left }) => [service, added.length, left])).toEqual([
      ['Base', 1, []],
      ['Pair', 0, []],
    ]);
  });

  test('goes round until it is done: a try inside could go round for ever', () => {
    const text = stopOf('while (this.all.length > 0) await this.all[0].close();\nawait this.b.close();');
    expect(text).toContain('    try {\n      while (this.all.length > 0) await this.all[0].close();\n    } catch (error) {');
  });
});

test.each(serviceFixtures().filter(({ name, text }) => name.endsWith('after.ts') && /^export class /m.test(text)))('has nothing to do in $name', ({ name, text }) => {
  const result = runCodemods([isolateTeardownSteps], { fileName: name, text });
  expect(result.services.length).toBeGreaterThan(0);
  expect(result.services.flatMap(({ added, left }) => [...added, ...left])).toEqual([]);
});

test('keeps the error in a handler that would throw it, so that it still tells a timeout', () => {
  const text = stopOf('try {\n  await this.a.close();\n} catch (e) {\n  if (e.code === 1) this.stuck = true;\n  throw e;\n}\nawait this.b.close();');
  expect(text).toContain(dedent`
        } catch (e) {
          if (e.code === 1) this.stuck = true;
          console.error('teardown step failed: a.close', e);
          failures.push(e);
        }
  `.replaceAll(/^(?=.)/gm, '    ').trimStart());
});

test('takes no name that is used', () => {
  expect(stopOf('await this.a.close();\nawait this.b.close();', 'failures = 1; teardownFailures = 2;')).toContain('const teardownFailures2 = [];');
});

test('does a loop without braces, and an else without', () => {
  const text = stopOf('for (const one of this.all)\n  await one.close();\nif (this.a) await this.a.close();\nelse await this.b.close();');
  expect(text).toContain('    for (const one of this.all) {\n      try {\n        await one.close();\n      } catch (error) {');
  expect(text).toContain('    try {\n      if (this.a) await this.a.close();\n      else await this.b.close();\n    } catch (error) {');
});
