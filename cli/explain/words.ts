import type { RestartGap } from '../../model/restart/restart-facts.ts';
import type { DeadlineFlaw, Gap, RaceKind, ServiceKind } from '../../model/service.ts';
import type { StateEvent } from '../../model/states.ts';

/** The definitions of docs/model.md, for who reads no documentation. */
export const KINDS: Readonly<Record<ServiceKind, string>> = {
  adapter: 'it waits and keeps state, and spawns nothing',
  background: 'start spawns work that outlives it',
  delegate: 'each method is one call of an inner object, with no state',
  'host-serialised': 'its hooks are called once and in order by a framework',
  'in-place runner': 'start returns only when stop has told its loop to end',
  synchronous: 'neither side waits, so nothing can interrupt it',
};

export const GAPS: Readonly<Record<Gap, string>> = {
  'check-before': 'the state is tested before the lock is held, and not again under it',
  'never-released': 'the lock is never given back',
  nested: 'only a branch or an inner block holds it',
  'not-awaited': 'the work under it is neither returned nor awaited',
  'return-unawaited': 'the lock is given back before the promise that is returned settles',
  'unsafe-release': 'a throw keeps the lock for ever',
  'work-after': 'work goes on after the lock is given back',
  'work-before': 'work is done before the lock is held',
};

export const FLAWS: Readonly<Record<DeadlineFlaw, string>> = {
  'frees-slot': 'it lets the next one in while the work runs on',
  'limits-waiting': 'it limits only the wait for a lock',
  'never-cleared': 'its timer is never cleared',
  'outside-lock': 'it ends the wait of the caller, but the lock stays held by what hangs',
  resolves: 'when the time is up it resolves, and nobody looks at the result',
  unref: 'its timer does not keep the process alive, which exits first',
};

export const RESTART_GAPS: Readonly<Record<RestartGap, string>> = {
  cleared: 'the flag is set and later taken back',
  'no-flag': 'nothing remembers the timeout',
  'set-always': 'every error sets the flag, not only a timeout',
  swallowed: 'the timeout is caught, and stop goes on as if nothing were left',
  'tested-late': 'start tests the flag only after an await, or outside the lock',
  untested: 'start does not test the flag',
};

export const EVENTS: Readonly<Record<StateEvent, string>> = {
  done: 'its end',
  failure: 'a failure',
  start: 'a start',
  stop: 'a stop',
  timeout: 'a timeout',
};

/** What a race is, as what it lets happen. */
export const RACES: Readonly<Record<RaceKind, string>> = {
  'double-stop': 'a second stop in the middle of the first',
  'late-guard': 'a second start in the middle of the first',
  'lost-stop': 'a stop that comes too early and is lost',
  'no-guard': 'a second start',
  'start-during-stop': 'a start in the middle of a stop',
  'stop-during-start': 'a stop in the middle of a start',
};
