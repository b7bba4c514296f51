/** ` (did you mean --check?)`, or nothing. */
export function suggest(typed: string, candidates: readonly string[]): string {
  const near = didYouMean(typed, candidates);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

/** The candidate nearest to what was typed, when it is near enough to be a slip of the fingers. */
export function didYouMean(typed: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length * 0.4)) + 1;
  for (const candidate of candidates) {
    const distance = candidate.startsWith(typed) && typed.length > 2 ? 1 : distanceBetween(typed, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance: letters to insert, remove or replace. */
function distanceBetween(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 0; row < from.length; row++) {
    const line = [row + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (above[column] ?? 0) + (from[row] === to[column] ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above[to.length] ?? 0;
}
