import type { MissingPackages } from './plan.ts';

/** Each folder once, and each package in it. */
export function mergeMissing(lists: readonly MissingPackages[]): readonly MissingPackages[] {
  const byRoot = new Map<string, Set<string>>();
  for (const { root, names } of lists) {
    for (const name of names) byRoot.set(root, (byRoot.get(root) ?? new Set()).add(name));
  }
  return Array.from(byRoot, ([root, names]) => ({ root, names: [...names].sort() }));
}
