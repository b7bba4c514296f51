import { describe, expect, test } from 'vitest';
import type { TeardownStep } from '../../model/service.ts';
import { serviceIn } from './parse.ts';

/** The steps of a stop with this body, each as `name kind/failure -> what it skips`. */
function stepsOf(body: string, members = '', start = 'this.a = await open();'): readonly string[] {
  return serviceIn(`class A extends Base { async start() { ${start} } async stop() { ${body} } ${members} }`).teardown.steps.map(outline);
}

function outline({ name, kind, failure, isolated, skips }: TeardownStep): string {
  const skipped = skips.map((step) => step.name).join(', ');
  return `${name} ${kind}/${failure}${isolated === 'no' ? ` -> ${skipped}` : isolated === 'unknown' ? ' ?' : ''}`;
}

describe('what a step is', () => {
  test('a release, a wait or other work; awaited, or not', () => {
    expect(stepsOf('await this.a.close(); await this.#task; await report(); this.b.close(); this.c.stop(); clearTimeout(this.t);')).toEqual([
      'a.close release/rejects -> task, report, b.close, c.stop, clearTimeout(t)',
      'task wait/rejects -> report, b.close, c.stop, clearTimeout(t)',
      'report work/rejects -> b.close, c.stop, clearTimeout(t)',
      'b.close release/seldom -> c.stop, clearTimeout(t)',
      'c.stop release/throws -> clearTimeout(t)',
      'clearTimeout(t) release/none',
    ]);
  });

  test('names go through optional chains, locals, assertions, chains of calls and helpers', () => {
    expect(stepsOf('const c = this.#client; await c?.close(); await (this.#x as Y)!.y[0]?.end?.(); await this.redis.multi().del(1).exec(); await super.stop();')).toEqual([
      'client.close release/rejects -> x.y.0.end, redis.multi.exec, super.stop',
      'x.y.0.end release/rejects -> redis.multi.exec, super.stop',
      'redis.multi.exec work/rejects -> super.stop',
      'super.stop release/rejects',
    ]);
  });

  test('where it stands, and by which calls stop comes to it', () => {
    const { steps } = serviceIn('class A { async start() { await a(); } async stop() { await this.lock.runExclusive(() => this.#end()); } async #end() { await this.b.close(); } }').teardown;
    expect(steps.map(({ name, method, via, node, call }) => [name, method, via.map(({ type }) => type), node.type, call.type])).toEqual([
      ['b.close', '#end', ['ArrowFunctionExpression', 'CallExpression'], 'ExpressionStatement', 'CallExpression'],
    ]);
  });

  test('a promise that is made by hand goes by what it releases', () => {
    expect(stepsOf('await new Promise((resolve, reject) => { this.server.close((error) => (error ? reject(error) : resolve())); });')).toEqual(['server.close release/rejects']);
  });
});

describe('what cannot fail', () => {
  test.each([
    'await sleep(10);',
    'await new Promise((resolve) => setTimeout(resolve, 5));',
    'await new Promise((resolve, _reject) => { this.child.once("exit", resolve); });',
    'await Promise.allSettled(this.all);',
    'await this.lock.acquire();',
    'await this.b.close().catch(log);',
    'await this.b.close().then(undefined, () => {});',
    'try { await this.b.close(); } catch { }',
    'void this.b.close();',
    'this.b.close().catch(log);',
    'await Promise.resolve();',
    'await logger.info("stopped");',
    'await this.logger.info("stopped");',
  ])('%s', (body) => {
    expect(serviceIn(`class A { async start() { await a(); } async stop() { ${body} await this.last.close(); } }`).teardown.steps.flatMap(({ skips }) => skips)).toEqual([]);
  });

  test('a field of promises that are only resolved, or caught where they are made', () => {
    const stop = 'await this.done; await this.last.close();';
    expect(stepsOf(stop, '', 'this.done = new Promise((resolve) => { this.end = resolve; });')[0]).toBe('done wait/none');
    expect(stepsOf(stop, '', 'this.done = this.run().catch(log).finally(() => {});')[0]).toBe('done wait/none');
    expect(stepsOf(stop, '', 'this.done = this.run();')[0]).toBe('done wait/rejects -> last.close');
    expect(stepsOf(stop, '', 'this.done = this.run().catch((error) => { throw error; });')[0]).toBe('done wait/rejects -> last.close');
  });

  test('such a promise within a deadline, also by a local name', () => {
    const stepsIn = (start: string) => stepsOf('const { ms } = this; const work = this.done; await withDeadline(work, ms); await this.last.close();', '', start);
    expect(stepsIn('this.done = this.run().catch(log);')).toEqual(['done wait/none', 'last.close release/rejects']);
    expect(stepsIn('this.done = this.run();')).toEqual(['done wait/rejects -> last.close', 'last.close release/rejects']);
  });
});

describe('what isolates', () => {
  const two = 'a.close release/rejects -> b.close';

  test('a catch that goes on; not one that throws or returns', () => {
    const round = (handler: string): string | undefined => stepsOf(`try { await this.a.close(); } catch (e) { ${handler} } await this.b.close();`)[0];
    expect(round('log(e);')).toBe('a.close release/rejects');
    expect(round('throw e;')).toBe(two);
    expect(round('return;')).toBe(two);
    expect(round('if (e.fatal) return; throw e;')).toBe(two);
    expect(round('if (e.fatal) throw e;')).toBe('a.close release/rejects ?');
  });

  test('a return in the handler of a helper leaves no more than the helper', () => {
    expect(stepsOf('await this.first(); await this.b.close();', 'async first() { try { await this.a.close(); } catch { return; } }')[0]).toBe('a.close release/rejects');
  });

  test('finally, on the way in and by itself', () => {
    expect(stepsOf('try { await this.a.close(); } finally { await this.b.close(); } await this.c.close();')[0]).toBe('a.close release/rejects -> c.close');
  });

  test('branches that exclude each other, switches and returns', () => {
    expect(stepsOf('if (this.x) { await this.a.close(); return; } await this.b.close();')[0]).toBe('a.close release/rejects');
    expect(stepsOf('if (this.x) await this.a.close(); else await this.b.close();')[0]).toBe('a.close release/rejects');
    expect(stepsOf('switch (this.x) { case 1: await this.a.close(); break; default: await this.b.close(); } await this.c.close();')[0]).toBe('a.close release/rejects -> c.close');
  });

  test('what the caller does round a helper', () => {
    expect(stepsOf('try { await this.both(); } catch {} await this.c.close();', 'async both() { await this.a.close(); await this.b.close(); }')).toEqual([
      two,
      'b.close release/rejects',
      'c.close release/rejects',
    ]);
  });

  test('rounds of a loop over a list, but not of one that waits', () => {
    expect(stepsOf('for (const x of this.all) await x.close();')).toEqual(['all.close release/rejects -> all.close']);
    expect(stepsOf('for (const x of this.all) { try { await x.close(); } catch (e) { log(e); } }')).toEqual(['all.close release/rejects']);
    expect(stepsOf('while (this.busy) await this.tick();')).toEqual(['tick work/rejects']);
    expect(stepsOf('this.all.forEach((x) => x.stop());')).toEqual(['x.stop release/throws -> x.stop']);
  });

  test('calls that are all made before the first of them fails', () => {
    expect(stepsOf('await Promise.all([this.a.close(), this.b.close()]); await this.c.close();')).toEqual([
      'a.close release/rejects -> c.close',
      'b.close release/rejects -> c.close',
      'c.close release/rejects',
    ]);
    expect(stepsOf('await Promise.all(this.all.map(async (x) => { await x.flush(); await x.close(); }));')[0]).toBe('x.flush work/rejects -> x.close');
  });

  test('a chain of promises: in its order, up to the next catch', () => {
    const chain = 'return this.a.close().then(() => this.b.close()).catch(log).then(() => this.c.close());';
    expect(stepsOf(chain)).toEqual([two, 'b.close release/rejects', 'c.close release/rejects']);
    expect(stepsOf('return this.a.close().finally(() => this.b.close()).then(() => this.c.close());')[0]).toBe('a.close release/rejects -> c.close');
  });

  test('a handler tells where it is, for those who mend', () => {
    const { steps } = serviceIn('class A { async start() { this.c = await open(); } async stop() { await this.b(); } async b() { try { await this.c.close(); } catch {} } }').teardown;
    expect(steps.map(({ caught }) => [caught?.node.type, caught?.depth])).toEqual([['CatchClause', 1]]);
  });
});

describe('which services have steps', () => {
  test('none of a delegate, or where nothing is awaited', () => {
    expect(serviceIn('class A { start() { return this.a.start(); } async stop() { return this.a.stop(); } }').teardown.steps).toEqual([]);
    expect(serviceIn('class A { async start() { this.a = b(); c(); } async stop() { this.a.stop(); this.b.stop(); } }').teardown.steps).toEqual([]);
  });

  test('helpers that call each other have an end', () => {
    expect(stepsOf('await this.x();', 'async x() { await this.y(); } async y() { await this.x(); await this.a.close(); }')).toContain('a.close release/rejects');
  });
});
