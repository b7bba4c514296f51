/**
 * The lowest Node major that a range of `engines.node` allows: 18 for `^18.12 || >=20`.
 * Undefined where it has no lower bound, or is written in a way not known here.
 */
export function lowestNodeMajor(range: string): number | undefined {
  const majors = range.split('||').map((part) => /^\s*(?:>=?|\^|~>?|=)?\s*v?(\d+)/.exec(part)?.[1]);
  if (majors.includes(undefined)) return undefined;
  return Math.min(...majors.map(Number));
}
