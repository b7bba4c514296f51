/**
 * How one lock is taken, as text:
 * - `callback`: `open` and `close` go round the function that runs under the lock
 * - `acquire`: a statement that waits for the lock, and one that gives it back
 * - `guard`: a statement that holds the lock until its block ends
 * Statements are without their semicolon.
 */
export type LockUse =
  | { readonly form: 'acquire'; readonly acquire: string; readonly release: string }
  | { readonly form: 'callback'; readonly open: string; readonly close: string }
  | { readonly form: 'guard'; readonly guard: string };
