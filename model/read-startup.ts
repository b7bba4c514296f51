import type { StartupFacts } from './service.ts';

const NOTHING: StartupFacts = Object.freeze({ acquired: [], rolledBack: 'unknown', gaps: [], leftSet: undefined });

/** What a start that fails halfway leaves behind. */
export function readStartup(): StartupFacts {
  return NOTHING;
}
