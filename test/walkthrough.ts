import { type Run, run } from '../tools/check-package/run.ts';

/** One thing that a reader does, in the order of the page. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'run'; readonly script: string; readonly exit: number; readonly says: string };

/** A block, with the line above it that names a file: **`src/feed.ts`**. */
const BLOCK = /(?:^\*\*`(.+)`\*\*\n\n)?^```(\w+)(?: options=(\{.*\}))?\n([\S\s]*?)^```$/gm;

/** The steps of a walk-through: files to write, commands to run, and after a command what it says. Throws where a block is none of these. */
export function readSteps(page: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [block, path, language, options = '{}', text = ''] of page.matchAll(BLOCK)) {
    const last = steps.at(-1);
    if (path !== undefined) {
      steps.push({ kind: 'file', path, text });
    } else if (language === 'sh') {
      const { exit = 0 } = JSON.parse(options) as { readonly exit?: number };
      steps.push({ kind: 'run', script: text, exit, says: '' });
    } else if ((language === 'text' || language === 'diff') && last?.kind === 'run' && last.says === '') {
      steps.splice(-1, 1, { ...last, says: text });
    } else {
      throw new Error(`The page has a block that is no file, no command and no output of one:\n${block}`);
    }
  }
  return steps;
}

/** Runs the lines in a shell, up to the first that fails. The commands of the folder are run without npx, which takes longer than they do. */
export function runScript(folder: string, script: string): Run {
  return run(folder, 'sh', '-e', '-c', `exec 2>&1\nnpx() { "./node_modules/.bin/$@"; }\n${script}`);
}

/** The parts of an output between lines of `…`, without the padding of its columns. */
export function excerptsOf(says: string): readonly string[] {
  return evened(says).split(/^…\n/m).filter((part) => part !== '');
}

/** An output as the page shows it, whatever the folder is called. */
export function evened(output: string, folder = '/home/you/feed'): string {
  return output
    .replaceAll(folder, '/home/you/feed')
    .split('\n')
    .map((line) => line.replaceAll(/(?<=\S) {2,}/g, '  '))
    .join('\n');
}
