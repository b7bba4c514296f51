import type { Boxed } from './boxed-reads.ts';

/** What stands round a hold from which a method goes on. Lines are without their semicolon. */
export interface HandOut {
  /** Before the call that takes the lock: `const { ended } = `. */
  readonly head: string;
  /** After each early `return` under the lock. */
  readonly early: string;
  /** The last lines under the lock, and the first after it. */
  readonly last: readonly string[];
  readonly next: readonly string[];
}

/**
 * How a hold hands out whether the method goes on, and the values that it needs then. These are boxed: a lock waits for a promise that its
 * callback returns.
 */
export function handOut(mayEnd: boolean, boxed: Boxed | undefined, names: { readonly flag: string; readonly box: string }): HandOut {
  const { flag, box } = names;
  const last = boxed === undefined ? [] : [`return { ${boxed.values} }`];
  if (!mayEnd) return { head: boxed === undefined ? '' : `const { ${boxed.names} } = `, early: '', last, next: [] };
  if (boxed === undefined) return { head: `const ${flag} = `, early: ' false', last: ['return true'], next: [`if (!${flag}) return`] };
  return { head: `const ${box} = `, early: ' undefined', last, next: [`if (${box} === undefined) return`, `const { ${boxed.names} } = ${box}`] };
}
