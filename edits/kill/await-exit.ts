import type { TSESTree } from '@typescript-eslint/utils';
import { awaitBetween } from '../../model/kills/order.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { exitPromiseFor, type ExitPromise } from './exit-promise.ts';
import { freeLocal } from './free-local.ts';
import type { KillSite } from './kill-site.ts';
import { linesAhead, type Mending, placeWait, wrapWait } from './place-wait.ts';
import { receiverOf } from './receiver.ts';
import { toldTooLate } from './told-too-late.ts';
import { timedEscalation } from './timed-escalation.ts';
import { type LimitedExit, limitedExit, racedExit } from './ended-wait.ts';
import { isPlainExit, waitOf } from './wait-of.ts';

/** What one kill needs: a field for the exit's promise, that promise where the child is made, and the wait. */
export interface Awaited {
  readonly declared: Change | undefined;
  readonly captured: readonly Change[];
  readonly changes: readonly Change[];
}

export function awaitExit(site: KillSite, mending: Mending): Awaited | Obstacle {
  switch (site.kill.gap?.kind) {
    case 'no-deadline':
      return limitWait(site, mending);
    case 'late-listener':
      return replaceWait(site, mending);
    case 'no-escalation':
      return escalateAfter(site, mending);
    default:
      return addWait(site, mending);
  }
}

/** Nobody waits: the wait comes right after the signal, or after the timer that escalates it. */
function addWait(site: KillSite, mending: Mending): Awaited | Obstacle {
  const { source, code } = mending;
  const { kill } = site;
  const promise = promiseFor(site, mending);
  if ('why' in promise) return promise;
  const { exited, before } = nameExit(site, promise, mending);
  const place = (anchor: TSESTree.Statement, delay?: string): Awaited | Obstacle => {
    const late = toldTooLate(site, anchor, mending);
    if (late !== undefined) return late;
    const receiver = delay === undefined ? receiverOf(site, source, code) : undefined;
    const changes = placeWait(site, anchor, { exited, before, receiver, delay: delay ?? '', isLate: false }, mending);
    return 'why' in changes ? changes : { ...promise, changes };
  };
  if (kill.signal === 'SIGKILL') return place(site.last, '');
  if (kill.escalated !== 'yes' && kill.escalation === undefined) return place(site.last);
  const timed = timedEscalation(site, code);
  if (timed !== undefined) return place(timed.last, `${source.text.slice(...timed.delay.range)} + `);
  return { node: kill.node, why: `SIGKILL is sent at line ${String(lineOf(source, kill.escalation ?? kill.node))}, and when cannot be told` };
}

/** The promise of the exit, where it is still that of the child when the signal is sent. */
function promiseFor({ kill, place }: KillSite, mending: Mending): ExitPromise | Obstacle {
  const { code, source } = mending;
  const promise = exitPromiseFor(kill, mending);
  if ('why' in promise || !promise.isField) return promise;
  const declaration = kill.child.type === 'Identifier' ? code.names.get(kill.child)?.node : undefined;
  const wait = declaration === undefined ? undefined : awaitBetween(declaration, kill.node, code);
  if (wait === undefined) return promise;
  return { node: kill.node, why: `${place} waits at line ${String(lineOf(source, wait))} for something else, and by then another process may have been started` };
}

/** The promise of the exit under a name of its own: its field may be given another while this one is waited for. */
function nameExit({ fn }: KillSite, { text, isField }: ExitPromise, { source, code, call }: Mending): { readonly exited: string; readonly before: readonly string[] } {
  if (!isField) return { exited: text, before: [] };
  const exited = freeLocal(['exited', 'childExited'], fn, code);
  const value = call.takes === 'value' ? text : `Promise.resolve(${text})`;
  return { exited, before: [`const ${exited} = ${value}${fileStyleOf(source).semicolon}`] };
}

/** Somebody waits for as long as the child likes: for a promise that was made before, which gets a deadline, or for one that comes too late. */
function limitWait(site: KillSite, mending: Mending): Awaited | Obstacle {
  const { source, code, call } = mending;
  const wait = waitOf(site, source, code);
  if ('why' in wait) return wait;
  const { statement, operand } = wait;
  if (operand.type === 'NewExpression' || operand.type === 'CallExpression') return replaceWait(site, mending);
  const receiver = receiverOf(site, source, code);
  const isNamed = operand.type === 'Identifier';
  const exited = isNamed ? operand.name : freeLocal(['exited', 'childExited'], site.fn, code);
  const changes = placeWait(site, statement, { exited, before: [], receiver, delay: '', isLate: false }, mending);
  if ('why' in changes) return changes;
  if (isNamed) return { declared: undefined, captured: [], changes: dropStatement(source, statement, changes) };
  const [open, close] = call.takes === 'value' ? ['', ''] : ['Promise.resolve(', ')'];
  const named: Change[] = [
    { start: statement.range[0], end: operand.range[0], text: `const ${exited} = ${open}` },
    { start: operand.range[1], end: operand.range[1], text: close },
  ];
  return { declared: undefined, captured: [], changes: [...named, ...changes] };
}

/** Somebody listens for an exit that may have come by then: the promise that is made with the child takes the place of that. */
function replaceWait(site: KillSite, mending: Mending): Awaited | Obstacle {
  const { source, code } = mending;
  const wait = waitOf(site, source, code);
  if ('why' in wait) return wait;
  const promise = promiseFor(site, mending);
  if ('why' in promise) return promise;
  const receiver = receiverOf(site, source, code);
  const { exited, before } = nameExit(site, promise, mending);
  const changes = placeWait(site, wait.statement, { exited, before: [], ahead: before, receiver, delay: '', isLate: false }, mending);
  return 'why' in changes ? changes : { ...promise, changes: dropStatement(source, wait.statement, changes) };
}

/** Puts the lines that were to come after a statement in its place. */
function dropStatement({ text }: Source, { range: [start, end] }: TSESTree.Statement, [wait, ...others]: readonly Change[]): readonly Change[] {
  if (wait === undefined) return others;
  const comment = text.slice(end, wait.start).trim();
  return [{ start, end: wait.start, text: `${wait.text.trimStart()}${comment === '' ? '' : ` ${comment}`}` }, ...others];
}

/** The wait ends in time, and the child is left alive. */
function escalateAfter(site: KillSite, mending: Mending): Awaited | Obstacle {
  const { source, code } = mending;
  const limited = limitedExit(site, mending.call.before, source, code);
  if (limited !== undefined) return escalateOnTimeout(site, limited, mending);
  const raced = racedExit(site, source, code);
  if ('why' in raced) return raced;
  const receiver = receiverOf(site, source, code);
  if (receiver.hardKill.includes('?.')) return { node: site.kill.node, why: `${site.kill.name} may be none, which a test of its exit code could not tell from one that runs` };
  const changes = placeWait(site, raced.statement, { exited: raced.exited, before: [], receiver, delay: '', isLate: true }, mending);
  return 'why' in changes ? changes : { declared: undefined, captured: [], changes };
}

/** `await pTimeout(exited, …);` rejects when the time is up: SIGKILL goes into a catch of its own, and whoever got the timeout gets that of the second wait. */
function escalateOnTimeout(site: KillSite, { statement, promise }: LimitedExit, mending: Mending): Awaited | Obstacle {
  const { source, code } = mending;
  const leave = (why: string): Obstacle => ({ node: promise, why });
  const isKept = promise.type === 'Identifier';
  if (!isKept && !isPlainExit(promise)) return leave(`the wait for the exit at line ${String(lineOf(source, promise))} is for more than the exit`);
  const known = isKept ? { text: promise.name, isField: false, declared: undefined, captured: [] } : promiseFor(site, mending);
  if ('why' in known) return known;
  const receiver = receiverOf(site, source, code);
  const { exited, before } = nameExit(site, known, mending);
  const wrapped = wrapWait(statement, { exited, receiver, before, delay: '', isLate: false }, mending);
  if (wrapped === undefined) return leave(`the statements of ${site.place} do not stand on lines of their own`);
  const alias = receiver.alias === undefined ? [] : linesAhead(site.last, [receiver.alias], [], mending);
  const replaced = isKept ? [] : [{ start: promise.range[0], end: promise.range[1], text: exited }];
  return { declared: known.declared, captured: known.captured, changes: [...wrapped, ...replaced, ...alias, ...receiver.renamed] };
}
