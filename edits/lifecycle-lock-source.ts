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
`;

/** What only TypeScript understands, and what plain JavaScript has in its place. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/interface Holding \{[^}]*\}\n\n/, ''],
  [/\/\*\* Gives a lock back.*\nexport type .*\n\n/, ''],
  [/: \(\) => PromiseLike<Result> \| Result|: Promise<(?:Result|Release|void)>|: Holding\b|(?<=\(\)): void/g, ''],
  [/<Holding>|<Result>/g, ''],
];

/** The lock that `--lock=inline` puts beside the sources, in the language and module system that the file's name tells. */
export function lifecycleLockSource(fileName: string, module: 'commonjs' | 'esm' = fileName.endsWith('.cjs') ? 'commonjs' : 'esm'): string {
  if (/\.[cm]?ts$/.test(fileName)) return TYPESCRIPT;
  const plain = PLAIN.reduce((text, [from, to]) => text.replace(from, to), TYPESCRIPT);
  if (module === 'esm') return plain;
  return plain
    .replace(
      "import { AsyncLocalStorage } from 'node:async_hooks';",
      "'use strict';\n\nconst { AsyncLocalStorage } = require('node:async_hooks');",
    )
    .replace('export class', 'class')
    .concat('\nexports.LifecycleLock = LifecycleLock;\n');
}
