import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from './ast/callee-name.ts';
import { isFunction } from './ast/is-function.ts';
import { memberName } from './ast/member-name.ts';
import { wordsOf } from './ast/words-of.ts';
import { isOnlyAsked } from './ownership/is-only-asked.ts';
import { isPassing } from './ownership/is-passing.ts';
import { type KnownStop, knownStopOf } from './ownership/known-stop.ts';
import { mayBeOwned } from './ownership/may-be-owned.ts';
import { orphanedAt } from './ownership/orphaned-at.ts';
import { ownerName } from './ownership/owner-name.ts';
import { runsOn } from './ownership/runs-on.ts';
import { scopesIn } from './ownership/scopes-in.ts';
import { startedLocalsIn, type StartedLocal } from './ownership/started-local.ts';
import type { Unstopped } from './ownership/unstopped.ts';
import { outside, stopOf } from './ownership/use-of-local.ts';
import { PAIRS } from './pairs.ts';
import type { FunctionNode } from './service.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';
import { type SignalFile, signalFile } from './signals/signal-file.ts';
import type { Source } from './source.ts';

const cache = new WeakMap<Source, Map<ResolvedSettings, readonly Unstopped[]>>();

/** `await job.run()` is most often over when it returns, and a server that listens is there to stay. */
const STARTS = PAIRS.flatMap(({ start, level }) => (level === 'always' && start !== 'run' && start !== 'listen' ? [start] : []));
/** What such classes make works on its own. */
const LASTING = /^(?:agent|app|application|bot|broker|consumer|daemon|gateway|host|listener|monitor|node|poller|processor|runner|runtime|scheduler|server|service|subscriber|supervisor|watcher|worker)$/;

/** What may end it too. */
const ENDS: ReadonlySet<string> = new Set(['abort', 'cancel', 'detach', 'drain', 'finish', 'free', 'leave', 'logout', 'release', 'reset', 'unref']);

/** What functions of a file start and nobody stops for sure, in the order of the text. Read once for each source and settings object, and frozen. */
export function unstoppedOf(source: Source, settings: ResolvedSettings = DEFAULT_SETTINGS): readonly Unstopped[] {
  const known = cache.get(source)?.get(settings);
  if (known !== undefined) return known;
  const file = signalFile(source.program);
  const starts = new Set([...STARTS, ...settings.pairs.map(([start]) => start)]);
  const found = scopesIn(source.program).filter(isFunction).flatMap((fn) => startedLocalsIn(fn, file, starts).flatMap((local) => read(local, fn, { source, settings, file }) ?? []));
  const inOrder = found.sort((a, b) => a.start.range[0] - b.start.range[0]);
  const frozen = Object.freeze(inOrder.filter(({ declaration }, index) => inOrder.findIndex((other) => other.declaration === declaration) === index));
  const bySettings = cache.get(source) ?? new Map<ResolvedSettings, readonly Unstopped[]>();
  cache.set(source, bySettings.set(settings, frozen));
  return frozen;
}

interface Where {
  readonly source: Source;
  readonly settings: ResolvedSettings;
  readonly file: SignalFile;
}

function read(local: StartedLocal, fn: FunctionNode, where: Where): Unstopped | undefined {
  const { file, settings, source } = where;
  const { declaration, isAwaited, name: variable, start, uses } = local;
  if (!isAwaited || uses.some((use) => stopOf(use, file.parents) !== undefined)) return undefined;
  const stop = knownStopOf(local, source, settings);
  if (stop === undefined || uses.some((use) => isEnd(use, stop, file)) || mayBeOwned(local, stop, source, settings)) return undefined;
  const fails = isPassing(fn, file, 'factory') ? orphanedAt(local, source) : undefined;
  if (fails === undefined && !isForgotten(local, fn, where)) return undefined;
  const kind = fails === undefined ? 'forgotten' : 'orphaned';
  const { name, isAsyncDisposable } = stop;
  return Object.freeze({ kind, variable, declaration, start, fails, stop: name, isAsyncDisposable, runsOn: runsOn(start, file), owner: ownerName(start, file) });
}

function isForgotten(local: StartedLocal, fn: FunctionNode, { file, source }: Where): boolean {
  if (LASTING.test(wordsOf(calleeName(local.made) ?? '').at(-1) ?? '')) return false;
  return isPassing(fn, file, 'use') && isOnlyAsked(local, source, file);
}

/** `nc.drain()`, `bus.disarm()` */
function isEnd(use: TSESTree.Identifier, stop: KnownStop, { parents }: SignalFile): boolean {
  const member = outside(use, parents);
  const name = member?.type === 'MemberExpression' ? (memberName(member) ?? '') : '';
  return name === stop.name || ENDS.has(wordsOf(name)[0] ?? '');
}
