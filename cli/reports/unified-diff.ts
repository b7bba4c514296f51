import type { Colors } from '../io.ts';
import type { Plan } from '../planning/plan.ts';

/**
 * The plan as a patch that `git apply` and `patch -p1` take in the working directory. It has no `diff --git` lines:
 * below them git counts paths from the root of the repository.
 */
export async function unifiedDiff({ files, newFiles }: Pick<Plan, 'files' | 'newFiles'>, colors: Colors): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const print = (name: string, before: string | undefined, after: string): string => {
    const from = before === undefined ? '/dev/null' : `a/${name}`;
    const patch = createTwoFilesPatch(from, `b/${name}`, before ?? '', after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });
    return colors.isColorSupported ? paint(patch, colors) : patch;
  };
  const made = newFiles.map(({ name, text }) => print(name, undefined, text));
  return [...made, ...files.filter(({ before, after }) => before !== after).map(({ name, before, after }) => print(name, before, after))].join('');
}

/** The first two lines are the header; a changed line may begin like one. */
function paint(patch: string, { bold, cyan, green, red }: Colors): string {
  const lines = patch.split('\n').map((line, index) => {
    if (index < 2) return bold(line);
    if (line.startsWith('@@')) return cyan(line);
    if (line.startsWith('+')) return green(line);
    return line.startsWith('-') ? red(line) : line;
  });
  return lines.join('\n');
}
