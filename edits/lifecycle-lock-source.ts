const TYPESCRIPT = `import { AsyncLocalStorage } from 'node:async_hooks';

interface Holding {
  readonly lock: LifecycleLock;
  readonly outer: Holding | undefined;
  isOver: boolean;
}

/** Gives a lock back; it does no harm to give it back twice. */
export type Release = (() => void) & { [Symbol.dispose](): void };

const holdings = new AsyncLocalStorage<Holding>();

/** Lets one lifecycle method of an object run at a time. To wait for it while holding it is an error, not a deadlock. */
export class LifecycleLock {
  #last: Promise<void> = Promise.resolve();

  async runExclusive<Result>(work: () => PromiseLike<Result> | Result): Promise<Result> {
    for (let held = holdings.getStore(); held !== undefined; held = held.outer) {
      if (held.lock === this && !held.isOver) throw new Error('The lifecycle lock is held by the caller, who would wait for himself');
    }
    const release = await this.acquire();
    const holding: Holding = { lock: this, outer: holdings.getStore(), isOver: false };
    try {
      return await holdings.run(holding, work);
    } finally {
      holding.isOver = true;
      release();
    }
  }

  async acquire(): Promise<Release> {
    const before = this.#last;
    let open = (): void => undefined;
    this.#last = new Promise((resolve) => {
      open = resolve;
    });
    await before;
    const release = (): void => {
      open();
    };
    return Object.assign(release, { [Symbol.dispose]: release });
  }
}

/** What took longer than it was given, and may still be at work. */
export class DrainTimeoutError extends Error {
  override readonly name = 'DrainTimeoutError';
}

/** Waits for a promise, but no longer than \`milliseconds\`; then rejects with a DrainTimeoutError. */
export async function withDeadline<Result>(work: PromiseLike<Result> | Result, milliseconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DrainTimeoutError(\`Not done within \${milliseconds} ms\`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
`;

/** What only TypeScript understands, and what plain JavaScript has in its place. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/interface Holding \{[^}]*\}\n\n/, ''],
  [/\/\*\* Gives a lock back.*\nexport type .*\n\n/, ''],
  [/: \(\) => PromiseLike<Result> \| Result|: PromiseLike<Result> \| Result|: Promise<(?:Result|Release|void)>|: Holding\b|(?<=\(\)): void/g, ''],
  [/: ReturnType<typeof setTimeout> \| undefined|(?<=milliseconds): number/g, ''],
  [/<Holding>|<Result>|<never>/g, ''],
  [/override readonly name/, 'name'],
];

/** The lock and the deadline that `--lock=inline` puts beside the sources, in the language and module system that the file's name tells. */
export function lifecycleLockSource(fileName: string, module: 'commonjs' | 'esm' = fileName.endsWith('.cjs') ? 'commonjs' : 'esm'): string {
  if (/\.[cm]?ts$/.test(fileName)) return TYPESCRIPT;
  const plain = PLAIN.reduce((text, [from, to]) => text.replace(from, to), TYPESCRIPT);
  if (module === 'esm') return plain;
  return plain
    .replace(
      "import { AsyncLocalStorage } from 'node:async_hooks';",
      "'use strict';\n\nconst { AsyncLocalStorage } = require('node:async_hooks');",
    )
    .replaceAll(/export (?=async function|class)/g, '')
    .concat('\nmodule.exports = { LifecycleLock, DrainTimeoutError, withDeadline };\n');
}
