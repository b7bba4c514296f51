import { leavesMethod } from './leaves-method.ts';
import type { Fact } from '../service.ts';
import type { Condition, TestStep, Value, WriteStep } from './step.ts';

/** Whether a test leaves the method once a field has been given this value. */
export function turnsAway(test: TestStep, write: WriteStep): Fact {
  if (!leavesMethod(test)) return 'no';
  return write.deep || test.partial ? 'unknown' : holds(test.when, write.value);
}

/** Whether a condition holds for a value. */
export function holds(when: Condition, value: Value): Fact {
  if (when.is === 'other') return 'unknown';
  if (when.is === 'truthy' || when.is === 'falsy') {
    if (value.kind === 'fresh') return when.is === 'truthy' ? 'yes' : 'no';
    if (value.kind !== 'constant') return 'unknown';
    return value.truthy === (when.is === 'truthy') ? 'yes' : 'no';
  }
  if (!('key' in when) || value.kind !== 'constant' || value.key === '{}') return 'unknown';
  return (value.key === when.key) === (when.is === 'equal') ? 'yes' : 'no';
}
