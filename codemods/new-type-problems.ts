import type { TypeProblem } from '../model/project.ts';

/** The type errors that were not there before, if there are more of them than there were. */
export function newTypeProblems(before: readonly TypeProblem[], after: readonly TypeProblem[]): readonly TypeProblem[] {
  if (after.length <= before.length) return [];
  const known = new Map<string, number>();
  for (const problem of before) known.set(keyOf(problem), (known.get(keyOf(problem)) ?? 0) + 1);
  return after.filter((problem) => {
    const count = known.get(keyOf(problem)) ?? 0;
    known.set(keyOf(problem), count - 1);
    return count <= 0;
  });
}

/** Without its line, which an edit above it moves. */
function keyOf({ file, message }: TypeProblem): string {
  return `${file} ${message}`;
}
