import type { Fact } from './service.ts';

/** Whether two facts hold together: `no` if either is `no`, `yes` only if both are `yes`. */
export function both(first: Fact, second: Fact): Fact {
  if (first === 'no' || second === 'no') return 'no';
  return first === 'yes' && second === 'yes' ? 'yes' : 'unknown';
}
