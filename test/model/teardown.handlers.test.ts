import { describe, expect, test } from 'vitest';
import { isFunction } from '../../model/ast/is-function.ts';
import { visit } from '../../model/ast/visit.ts';
import type { FunctionNode } from '../../model/service.ts';
import { keepsError } from '../../model/teardown/keeps-error.ts';
import { codeOf, parse, serviceIn } from './parse.ts';

function silenced(body: string): readonly string[] {
  const text = `class A { async start() { this.a = await open(); } async stop() { ${body} } }`;
  return serviceIn(text).teardown.silenced.map(({ node, step }) => `${step.name}: ${codeOf(text, node)}`);
}

describe('handlers that keep a failure from everybody', () => {
  test('an empty clause, an empty function, one that gives nothing', () => {
    expect(silenced('try { await this.a.close(); } catch {} await this.b.close().catch(() => {}); await this.c.end().catch(() => null);')).toEqual([
      'a.close: catch {}',
      'b.close: () => {}',
      'c.end: () => null',
    ]);
  });

  test('not where a comment says why, where something is done, or where nothing is released', () => {
    expect(silenced('try { await this.a.close(); } catch { /* closed already */ }')).toEqual([]);
    expect(silenced('try { await this.a.close(); } catch (error) { log(error); }')).toEqual([]);
    expect(silenced('await this.a.close().catch(noop);')).toEqual([]);
    expect(silenced('try { await this.task; this.child.kill(); } catch {}')).toEqual([]);
  });

  test('not round steps whose failure another handler sees first', () => {
    expect(silenced('try { try { await this.a.close(); } catch (error) { log(error); } } catch {}')).toEqual([]);
  });
});

function swallowed(params: string, body: string): readonly string[] {
  const text = `class A { async start() { this.a = await open(); } async stop(${params}) { ${body} } }`;
  return serviceIn(text).teardown.swallowsCancellation.map(({ step, isDeliberate }) => `${step.name} ${isDeliberate ? 'deliberate' : 'blind'}`);
}

describe('handlers that end a cancellation by the caller', () => {
  const close = (handler: string): string => `try { await this.a.close({ signal }); } catch (error) { ${handler} }`;

  test('by singling it out', () => {
    expect(swallowed('signal', close("if (error.name === 'AbortError') return; throw error;"))).toEqual(['a.close deliberate']);
    expect(swallowed('{ signal }', close("if (error.name !== 'AbortError') throw error;"))).toEqual(['a.close deliberate']);
    expect(swallowed('{ signal } = {}', close('if (isAbortError(error)) return; throw error;'))).toEqual(['a.close deliberate']);
  });

  test('by going on whatever the error is', () => {
    expect(swallowed('signal', close('log(error);'))).toEqual(['a.close blind']);
    expect(swallowed('options', 'try { await this.a.close(options.signal); } catch {}')).toEqual(['a.close blind']);
  });

  test('not by throwing it again, at once or later, or by asking the signal', () => {
    expect(swallowed('signal', close("if (error.name === 'AbortError') throw error; log(error);"))).toEqual([]);
    expect(swallowed('signal', close('log(error); throw error;'))).toEqual([]);
    expect(swallowed('signal', `const failures = []; ${close('failures.push(error);')} if (failures.length > 0) throw failures[0];`)).toEqual([]);
    expect(swallowed('signal', `${close('log(error);')} signal.throwIfAborted();`)).toEqual([]);
  });

  test('not where the caller has no signal, or the step does not get it', () => {
    expect(swallowed('', close("if (error.name === 'AbortError') return; throw error;"))).toEqual([]);
    expect(swallowed('signal', 'try { await this.a.close(); } catch (error) { log(error); }')).toEqual([]);
  });
});

/** Whether the first catch clause of a function keeps its error. */
function keeps(body: string): boolean {
  const { program } = parse(`async function stop() { ${body} }`);
  let fn: FunctionNode | undefined;
  let kept: boolean | undefined;
  visit(program, (node) => {
    if (isFunction(node)) fn ??= node;
    if (node.type === 'CatchClause' && fn !== undefined) kept ??= keepsError(node, fn.body);
    return undefined;
  });
  if (kept === undefined) throw new Error('no handler');
  return kept;
}

describe('handlers that keep the error for a later throw', () => {
  const round = (handler: string, then: string): boolean => keeps(`const failures = []; let failure; try { await a(); } catch (error) { ${handler} } ${then}`);

  test('in a list or in a variable', () => {
    expect(round('failures.push(error);', 'if (failures.length === 1) throw failures[0];')).toBe(true);
    expect(round('if (error instanceof T) this.stuck = true; log(error); failures.push(error);', 'if (failures.length > 1) throw new AggregateError(failures, "two");')).toBe(true);
    expect(round('failure ??= error;', 'await b(); if (failure !== undefined) throw failure;')).toBe(true);
    expect(round('failure = error;', 'throw failure;')).toBe(true);
  });

  test('not where nothing is thrown, something else is, only in another function, only before, or only now and then', () => {
    expect(round('failures.push(error);', '')).toBe(false);
    expect(round('failures.push(error);', 'throw new Error("stop");')).toBe(false);
    expect(round('failures.push(error);', 'const later = () => { throw failures[0]; };')).toBe(false);
    expect(keeps('const failures = []; if (failures.length > 0) throw failures[0]; try { await a(); } catch (error) { failures.push(error); }')).toBe(false);
    expect(round('if (error.fatal) failures.push(error);', 'throw failures[0];')).toBe(false);
    expect(round('failures.push(other);', 'throw failures[0];')).toBe(false);
    expect(keeps('const failures = []; try { await a(); } catch { failures.push(error); } throw failures[0];')).toBe(false);
  });
});
