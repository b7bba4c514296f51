/** A file that has more and more of something. */
export interface Shape {
  readonly name: string;
  readonly textOf: (count: number) => string;
  /** How many are usual, where that is not hundreds. */
  readonly usual?: number;
  /** Where more of it could not even be parsed, or would be nonsense. */
  readonly most?: number;
}

export const SHAPES: readonly Shape[] = [
  { name: 'classes', textOf: (count) => times(count, (index) => service(`Feed${index}`, {})), usual: 160 },
  { name: 'classes on one line', textOf: (count) => times(count, (index) => service(`Feed${index}`, {}).replaceAll('\n', ' ')), usual: 160 },
  { name: 'methods', textOf: (count) => service('Feed', { members: times(count, (index) => `  async work${index}() { await this.tick${index}?.(); this.running = true; }\n`) }) },
  { name: 'fields', textOf: (count) => service('Feed', { members: times(count, (index) => `  field${index} = setInterval(() => this.start(), ${index});\n`) }) },
  { name: 'statements of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.part${index} = await open(${index});\n`) }) },
  { name: 'steps of stop', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.part${index} = await open(${index});\n`), inStop: times(count, (index) => `    await this.part${index}.close();\n`) }) },
  { name: 'timers of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.timer${index} = setInterval(() => this.tick(), 1);\n`) }) },
  { name: 'timers that are cleared', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.timer${index} = setInterval(() => this.tick(), 1);\n`), inStop: times(count, (index) => `    clearInterval(this.timer${index});\n`) }) },
  { name: 'listeners of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    bus.on('event${index}', () => this.tick());\n`) }) },
  { name: 'children of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.child${index} = spawn('x');\n`), inStop: times(count, (index) => `    this.child${index}.kill();\n`) }) },
  { name: 'tasks of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    this.loop${index}();\n`), members: times(count, (index) => `  async loop${index}() { while (this.running) await poll(); }\n`) }) },
  { name: 'chain of methods', textOf: (count) => service('Feed', { inStart: '    await this.link0();\n', members: times(count, (index) => `  async link${index}() { await open(); await this.link${String(Number(index) + 1)}(); }\n`) }), most: 400 },
  { name: 'branches of start', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    if (a${index}) await b();\n`) }) },
  { name: 'nested branches of start', textOf: (count) => service('Feed', { inStart: `${times(count, (index) => `if (a${index}) { await b(); `)}${'}'.repeat(count)}\n` }), most: 400 },
  { name: 'elements of an array', textOf: (count) => service('Feed', { inStart: `    this.list = [${times(count, (index) => `await open(${index}), `)}];\n` }) },
  { name: 'functions with timers', textOf: (count) => times(count, (index) => `export async function wait${index}() { const timer = setTimeout(go, 1); await work(); clearTimeout(timer); }\n`) },
  { name: 'functions that start and stop', textOf: (count) => `${service('Feed', {})}${times(count, (index) => `export async function use${index}() { const feed = new Feed(); await feed.start(); await work(); await feed.stop(); }\n`)}` },
  { name: 'locals that are started', textOf: (count) => `${service('Feed', {})}export async function main() {\n${times(count, (index) => `  const feed${index} = new Feed(); await feed${index}.start();\n`)}${times(count, (index) => `  await feed${index}.stop();\n`)}}\n` },
  { name: 'children that are killed', textOf: (count) => `import { spawn } from 'node:child_process';\n${times(count, (index) => `export function run${index}() { const child = spawn('x'); return { stop() { child.kill(); } }; }\n`)}` },
  { name: 'signal handlers', textOf: (count) => times(count, (index) => `process.on('SIGTERM', async () => { await close${index}(); process.exit(0); });\n`) },
  { name: 'steps of a signal handler', textOf: (count) => `process.on('SIGTERM', async () => {\n${times(count, (index) => `  await close${index}();\n`)}  process.exit(0);\n});\n` },
  { name: 'comments', textOf: (count) => service('Feed', { inStart: times(count, (index) => `    // ${index}\n`) }) },
];

function times(count: number, line: (index: string) => string): string {
  return Array.from({ length: count }, (_, index) => line(String(index))).join('');
}

function service(name: string, { inStart = '', inStop = '', members = '' }: { readonly inStart?: string; readonly inStop?: string; readonly members?: string }): string {
  return `export class ${name} {
  async start() {
    if (this.running) return;
    await connect();
${inStart}    this.running = true;
    this.task = this.run0();
  }
  async stop() {
    this.running = false;
    await this.task;
${inStop}    await this.server.close();
  }
  async run0() { while (this.running) await poll(); }
${members}}
`;
}
