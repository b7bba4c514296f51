/** Where the lock comes from: what the project has or async-mutex, or a small file of our own beside the sources. */
export type LockChoice = 'auto' | 'inline';

/**
 * How a lock is held over a body:
 * - `delegate`: the body stays in place under a private name, the public method calls it under the lock
 * - `wrap`: the body moves into the callback of `runExclusive`
 * - `using`: `using _held = …` becomes the first line (TypeScript 5.2 or Node 24)
 */
export type Style = 'delegate' | 'using' | 'wrap';

export interface LifecycleLockOptions {
  readonly lock?: LockChoice;
  readonly style?: Style;
  /** Packages that the project's package.json lists; a lock library among them is used in its own shape. */
  readonly packages?: readonly string[];
  /** Lowest Node major that `engines.node` allows; unknown where it says nothing. */
  readonly nodeMajor?: number;
  /** Lowest major of `@types/node` that package.json asks for: whether TypeScript knows what that Node has. */
  readonly nodeTypesMajor?: number;
  /** Where the vendored lock stands or will stand, told as the sources' file names are; beside each source if nothing is said. */
  readonly lockFile?: string;
}
