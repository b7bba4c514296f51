import type { TSESTree } from '@typescript-eslint/utils';
import { assertsIn, failsBetween } from './ownership/fails-between.ts';
import { handStopsIn } from './ownership/hand-stops.ts';
import { ownerName } from './ownership/owner-name.ts';
import { runsOn } from './ownership/runs-on.ts';
import { scopesIn } from './ownership/scopes-in.ts';
import type { StartedHere } from './ownership/started-here.ts';
import { startedLocalsIn, type StartedLocal } from './ownership/started-local.ts';
import { statementsAround } from './ownership/statements-around.ts';
import { awaitedStatement, isMemberUse, outside, stopOf } from './ownership/use-of-local.ts';
import type { SignalFile } from './signals/signal-file.ts';
import { signalFile } from './signals/signal-file.ts';
import type { Source } from './source.ts';

const cache = new WeakMap<Source, readonly StartedHere[]>();

/** What functions of a file start and stop themselves without being sure of the stop, in the order of the text. Read once for each source, and frozen. */
export function startedHereOf(source: Source): readonly StartedHere[] {
  let found = cache.get(source);
  if (found === undefined) {
    const { program } = source;
    const file = signalFile(program);
    const started = scopesIn(program).flatMap((scope) => startedLocalsIn(scope, file).flatMap((local) => ownOf(local, file) ?? []));
    // `connect()` and then `start()` are one start.
    const own = started.filter(({ stop }, index) => started.findIndex((other) => other.stop === stop) === index);
    const all = [...own.flatMap((one) => read(one, file) ?? inTurn(one, own, file) ?? []), ...handStopsIn(file)];
    found = Object.freeze(all.sort((a, b) => a.node.range[0] - b.node.range[0]));
    cache.set(source, found);
  }
  return found;
}

/** What its function starts by one statement and stops by one statement, and hands to nobody. */
interface Own extends StartedLocal {
  readonly first: TSESTree.Node;
  readonly last: TSESTree.Node;
  readonly stop: TSESTree.CallExpression;
}

function ownOf(local: StartedLocal, { parents }: SignalFile): Own | undefined {
  const { isAwaited, start, uses } = local;
  const [stop, ...others] = uses.flatMap((use) => stopOf(use, parents) ?? []);
  if (!isAwaited || stop === undefined || stop === 'handed' || others.length > 0 || !uses.every((use) => isMemberUse(use, parents))) return undefined;
  const first = awaitedStatement(start, parents);
  const last = awaitedStatement(stop, parents);
  return first === undefined || last === undefined ? undefined : { ...local, first, last, stop };
}

function read({ first, last, name, start, stop }: Own, file: SignalFile): StartedHere | undefined {
  const list = statementsAround(first, file.parents);
  const from = list.findIndex((statement) => statement === first) + 1;
  const to = list.findIndex((statement) => statement === last || (statement.type === 'TryStatement' && statement.finalizer?.body.some((inner) => inner === last)));
  if (from === 0 || to < from) return undefined;
  const between = list.slice(from, to);
  const isJoint = outside(start, file.parents)?.type === 'ArrayExpression';
  const sure = failsBetween(between);
  // Of two that start together, one may fail and leave the other.
  const fails = sure ?? (isJoint ? start : assertsIn(between));
  if (fails === undefined) return undefined;
  const kind = list[to] === last ? 'skipped' : 'late-try';
  return Object.freeze({ kind, variable: name, node: start, stop, fails, runsOn: sure !== undefined && runsOn(start, file), owner: ownerName(start, file) });
}

/** `finally { await worker.stop(); await bus.stop(); }`: the second is skipped if the first fails. */
function inTurn({ last, name, stop }: Own, all: readonly Own[], file: SignalFile): StartedHere | undefined {
  const block = file.parents.get(last);
  const around = block === undefined ? undefined : file.parents.get(block);
  if (block?.type !== 'BlockStatement' || around?.type !== 'TryStatement' || around.finalizer !== block) return undefined;
  const before = block.body[block.body.findIndex((statement) => statement === last) - 1];
  const other = all.find((one) => one.last === before);
  if (other === undefined) return undefined;
  return Object.freeze({ kind: 'in-turn', variable: name, node: stop, stop, fails: other.stop, runsOn: false, owner: ownerName(stop, file) });
}
