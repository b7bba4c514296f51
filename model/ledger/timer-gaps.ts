import { wordsOf } from '../ast/words-of.ts';
import type { Timer } from './ledger.ts';

/**
 * What is wrong with a timer:
 * - `unreleased`: stop never clears it
 * - `rearmed`: it is set while it still runs, and its handle is lost
 * - `revived`: its callback sets it again after an await, although stop may have cleared it meanwhile
 * - `stranded`: when stop clears it, a promise stays pending for ever
 * - `skipped`: a step of stop before the clearing may keep it from ever being cleared
 * - `keepsAlive`: an interval that keeps the process alive, although it only keeps something else alive
 */
export type TimerGap = 'keepsAlive' | 'rearmed' | 'revived' | 'skipped' | 'stranded' | 'unreleased';

/** `isEvery`: also what only an error would leave, what does no harm, and keep-alives. */
export function timerGapsOf(timer: Timer, isEvery: boolean): readonly TimerGap[] {
  const { released, rearmed, revived, strands, obstacle, releases } = timer;
  const gaps: readonly (readonly [TimerGap, boolean])[] = [
    ['unreleased', released === 'no' && firesOn(timer, isEvery)],
    ['rearmed', rearmed !== undefined],
    ['revived', revived !== undefined],
    ['stranded', strands !== undefined],
    ['skipped', isEvery && obstacle !== undefined && releases.some(({ isInStop }) => isInStop)],
    ['keepsAlive', isEvery && isKeepAlive(timer)],
  ];
  return gaps.flatMap(([gap, isThere]) => (isThere ? [gap] : []));
}

/** Whether a timer that is never cleared does something after stop: not one that only settles a promise, and none that fires at once. */
function firesOn({ what, isRecurring, settles, acts, callback }: Timer, isEvery: boolean): boolean {
  if (what === 'immediate') return false;
  if (settles) return acts;
  return isRecurring || acts || (isEvery && callback !== undefined);
}

function isKeepAlive({ what, unrefed, keep, callback }: Timer): boolean {
  if (what !== 'interval' || unrefed !== 'no' || keep.in === 'local') return false;
  const called = callback?.type === 'FunctionExpression' ? callback.id?.name : undefined;
  return ('name' in keep && namesKeepAlive(keep.name)) || namesKeepAlive(called ?? '');
}

/** `heartbeat`, `keepAliveTimer` */
export function namesKeepAlive(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => KEEPS_ALIVE.has(word)) || words.join('').includes('keepalive');
}

const KEEPS_ALIVE = new Set(['heartbeat', 'heartbeats', 'keepalive', 'ping', 'pinger']);
