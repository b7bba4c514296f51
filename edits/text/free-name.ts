/** The first of the names that is not taken, else the last with the lowest number that makes it free. */
export function freeName(candidates: readonly [string, ...string[]], isTaken: (name: string) => boolean): string {
  const free = candidates.find((name) => !isTaken(name));
  if (free !== undefined) return free;
  const base = candidates.at(-1) ?? candidates[0];
  let number = 2;
  while (isTaken(`${base}${number}`)) number++;
  return `${base}${number}`;
}
