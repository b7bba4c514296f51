import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILES_PER_FOLDER = 100;
/** One file in so many holds a service. */
const SERVICE_EVERY = 20;

/** Generated TypeScript files, of which 5 % hold a service, in folders of a hundred; the first ones again for a smaller number. Removed again. */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), 'lifecycle-scale-'));

  constructor(count: number) {
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "tree", "type": "module", "dependencies": { "async-mutex": "^0.5.0" } }\n');
    for (let index = 0; index < count; index++) {
      const folder = this.#folderOf(Math.floor(index / FILES_PER_FOLDER));
      if (index % FILES_PER_FOLDER === 0) mkdirSync(folder);
      writeFileSync(join(folder, `module-${index}.ts`), index % SERVICE_EVERY === 0 ? serviceModule(index) : plainModule(index));
    }
  }

  /** The folders that hold the first `count` files. */
  folders(count: number): string[] {
    return Array.from({ length: Math.ceil(count / FILES_PER_FOLDER) }, (_, index) => this.#folderOf(index));
  }

  #folderOf(index: number): string {
    return join(this.folder, `part-${index}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** About 1.5 kB, as most modules are: types, functions and a class that neither starts nor stops. */
function plainModule(index: number): string {
  return `import { format } from './format.js';

export interface Order${index} {
  readonly id: string;
  readonly lines: readonly { readonly article: string; readonly count: number; readonly price: number }[];
  readonly placed: Date;
}

const LIMIT = ${index};
${Array.from(
  { length: 1 + (index % 4) },
  (_, part) => `
/** What the lines of an order come to, with what is sent for nothing left out. */
export function total${part}(order: Order${index}): number {
  return order.lines.filter(({ price }) => price > ${part}).reduce((sum, { count, price }) => sum + count * price, 0);
}
`,
).join('')}
export class Orders${index} {
  readonly #orders = new Map<string, Order${index}>();

  add(order: Order${index}): void {
    if (this.#orders.size > LIMIT) throw new Error(\`more than \${LIMIT} orders\`);
    this.#orders.set(order.id, order);
  }

  async load(ids: readonly string[], read: (id: string) => Promise<Order${index}>): Promise<void> {
    for (const id of ids) this.add(await read(id));
  }

  print(): string {
    return [...this.#orders.values()].map((order) => format(order.id, total0(order))).join('\\n');
  }
}
`;
}

/** A service that every default codemod but those of processes has something to do in. */
function serviceModule(index: number): string {
  return `import { connect, type Connection } from './connect.js';

export class Feed${index} {
  #connection: Connection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  async start(): Promise<void> {
    if (this.#running) return;
    this.#connection = await connect(${index});
    this.#timer = setInterval(() => this.#poll(), 1000);
    this.#running = true;
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    clearInterval(this.#timer);
    await this.#connection?.close();
    this.#connection = undefined;
    this.#running = false;
  }

  #poll(): void {
    this.#connection?.send('poll ${index}');
  }
}
`;
}
