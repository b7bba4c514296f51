import { codemods } from '../../codemods/index.ts';
import { parse } from '../../codemods/parse.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { rules } from '../../rules/index.ts';
import { cpuTime } from './cpu-time.ts';

/** What a file has more and more of. */
const SHAPES: Readonly<Record<string, (count: number) => string>> = {
  classes: (count) => times(count, (index) => service(`Feed${String(index)}`, '', '')),
  methods: (count) => service('Feed', '', times(count, (index) => `  async work${String(index)}() { await this.tick${String(index)}?.(); this.running = true; }\n`)),
  fields: (count) => service('Feed', '', times(count, (index) => `  field${String(index)} = setInterval(() => this.start(), ${String(index)});\n`)),
  'statements of start': (count) => service('Feed', times(count, (index) => `    this.part${String(index)} = await open(${String(index)});\n`), ''),
  'timers of start': (count) => service('Feed', times(count, (index) => `    this.timer${String(index)} = setInterval(() => this.tick(), 1);\n`), ''),
  'tasks of start': (count) => service('Feed', times(count, (index) => `    this.loop${String(index)}();\n`), times(count, (index) => `  async loop${String(index)}() { while (this.running) await poll(); }\n`)),
  'branches of start': (count) => service('Feed', times(count, (index) => `    if (a${String(index)}) await b();\n`), ''),
  'nested branches of start': (count) => service('Feed', `${times(Math.min(count, 400), (index) => `if (a${String(index)}) { await b(); `)}${'}'.repeat(Math.min(count, 400))}\n`, ''),
  'functions with timers': (count) => times(count, (index) => `export async function wait${String(index)}() { const timer = setTimeout(go, 1); await work(); clearTimeout(timer); }\n`),
  'children that are killed': (count) => `import { spawn } from 'node:child_process';\n${times(count, (index) => `export function run${String(index)}() { const child = spawn('x'); return { stop() { child.kill(); } }; }\n`)}`,
  'signal handlers': (count) => times(count, (index) => `process.on('SIGTERM', async () => { await close${String(index)}(); process.exit(0); });\n`),
  comments: (count) => service('Feed', times(count, (index) => `    // ${String(index)}\n`), ''),
};

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

function service(name: string, inStart: string, members: string): string {
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
    await this.server.close();
  }
  async run0() { while (this.running) await poll(); }
${members}}
`;
}

export interface Growth {
  readonly shape: string;
  /** What took long: a rule or a codemod. */
  readonly work: string;
  /** In ms, for each of the sizes. */
  readonly times: readonly number[];
  /** How much longer it took for twice as much, last. */
  readonly ratio: number;
}

const SIZES = [100, 200, 400, 800];

/** Times every rule, and every codemod for shorter files, on more and more of everything. */
export function measureGrowth(): readonly Growth[] {
  const works = [
    ...rules.map((rule) => [rule.name, (text: string) => void rule.findingsIn(parse('a.js', text), DEFAULT_SETTINGS, rule.meta.docs.presets.strict)] as const),
    ...codemods.map((codemod) => [codemod.name, (text: string) => void runCodemods([codemod], { fileName: 'a.js', text })] as const),
  ];
  return Object.entries(SHAPES).flatMap(([shape, textOf]) => {
    process.stderr.write(`${shape}\n`);
    return works.map(([work, run]) => {
      const sizes = codemods.some(({ name }) => name === work) ? SIZES.slice(0, -1) : SIZES;
      const took = sizes.map((size) => best(() => run(textOf(size))));
      return { shape, work, times: took, ratio: (took.at(-1) ?? 0) / Math.max(took.at(-2) ?? 0, 0.1) };
    });
  });
}

function best(work: () => void): number {
  return Math.min(...Array.from({ length: 2 }, () => cpuTime(work)));
}
