import type { Obstacle, Release } from './ledger.ts';
import type { LedgerScope } from './scope.ts';

/** A step of stop that is awaited, may fail, and then skips the only place that clears the timer. */
export function obstacleOf(releases: readonly Release[], { teardown }: LedgerScope): Obstacle | undefined {
  const inStop = releases.filter(({ isInStop }) => isInStop);
  const [release] = inStop;
  if (release === undefined || inStop.length > 1) return undefined;
  const skipping = teardown.steps.find(({ isAwaited, skips }) => isAwaited && skips.some(({ call }) => call === release.node));
  return skipping === undefined ? undefined : { node: skipping.call, what: 'await' };
}
