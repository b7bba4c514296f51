/** One thing to do in the scratch project, and what must come of it. */
export interface Step {
  readonly command: readonly [string, ...string[]];
  readonly status: number;
  readonly says?: RegExp;
  /** What `file` must hold afterwards. */
  readonly writes?: { readonly file: string; readonly text: RegExp };
}

export interface Install {
  /** A folder of `fixtures/installs`. */
  readonly name: string;
  /** A second folder there that is laid under it. */
  readonly sources?: 'typescript-sources';
  /** A package that must not have come along. */
  readonly without?: string;
  readonly steps: readonly Step[];
}

const REPORT = /lifecycle[/(]require-lifecycle-lock/;
const LOCKED = /runExclusive/;
const DISPOSABLE = /\[Symbol\.asyncDispose\]/;

const WRITES = ['lifecycle-codemod', '--allow-no-vcs', 'src'] as const;

export const INSTALLS: readonly Install[] = [
  {
    name: 'typescript-6',
    sources: 'typescript-sources',
    steps: [
      { command: ['tsc'], status: 0 },
      { command: ['eslint', '.'], status: 1, says: REPORT },
      { command: ['lifecycle-codemod', '--check', '--workers', '2', 'src'], status: 1, says: /^src\/poller\.ts\n/ },
      { command: WRITES, status: 0, writes: { file: 'src/poller.ts', text: LOCKED } },
      { command: ['tsc'], status: 0 },
      { command: ['eslint', '.'], status: 0 },
    ],
  },
  {
    name: 'typescript-7',
    sources: 'typescript-sources',
    steps: [
      { command: ['tsc', '--version'], status: 0, says: /^Version 7\./ },
      { command: ['oxlint', 'src'], status: 1, says: REPORT },
      { command: WRITES, status: 0, writes: { file: 'src/poller.ts', text: LOCKED } },
      { command: ['tsc'], status: 0 },
      { command: ['oxlint', 'src'], status: 0 },
    ],
  },
  {
    name: 'typescript-7-eslint',
    sources: 'typescript-sources',
    steps: [
      { command: ['tsc', '--version'], status: 0, says: /^Version 7\./ },
      { command: ['eslint', '.'], status: 1, says: REPORT },
      { command: WRITES, status: 0, writes: { file: 'src/poller.ts', text: LOCKED } },
      { command: ['tsc'], status: 0 },
    ],
  },
  {
    name: 'javascript',
    without: 'typescript',
    steps: [
      { command: ['eslint', '.'], status: 1, says: REPORT },
      {
        command: ['jscodeshift', '--no-babel', '-t', 'node_modules/eslint-plugin-lifecycle/dist/codemods/add-async-dispose.js', 'src'],
        status: 0,
        says: /1 ok/,
        writes: { file: 'src/poller.js', text: DISPOSABLE },
      },
      { command: WRITES, status: 0, writes: { file: 'src/poller.js', text: LOCKED } },
      { command: ['eslint', '.'], status: 0 },
    ],
  },
];
