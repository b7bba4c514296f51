/** What a field that an edit adds is for: a limit of time, the lifecycle lock, the flag of a stop that timed out. */
export type FieldRole = 'flag' | 'limit' | 'limit of the class' | 'lock';

/** What such a field is called, the best name first, before the class's own mark (`#` or `_`) is put to it. In this order they stand in a class. */
export const FIELD_NAMES = {
  'limit of the class': ['DRAIN_TIMEOUT_MS', 'STOP_DRAIN_TIMEOUT_MS'],
  limit: ['drainTimeoutMs', 'stopDrainTimeoutMs'],
  lock: ['lifecycleLock', 'startStopLock'],
  flag: ['unrestartable', 'cannotRestart'],
} as const satisfies Record<FieldRole, readonly [string, ...string[]]>;

const ORDER = Object.keys(FIELD_NAMES) as readonly FieldRole[];

/** The handle of some work stands after them all. */
export function rankOfRole(role: FieldRole | 'handle'): number {
  return role === 'handle' ? ORDER.length : ORDER.indexOf(role);
}

/** The place in the order of a field with this name; undefined for one that no edit adds. */
export function rankOfName(name: string | undefined): number | undefined {
  const plain = name?.replace(/^[#_]/, '').replace(/\d+$/, '');
  const role = ORDER.find((one) => FIELD_NAMES[one].some((known) => known === plain));
  return role === undefined ? undefined : rankOfRole(role);
}
