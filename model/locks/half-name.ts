/** What the part of a method is called that runs under its lock, without the class's own mark: `startLocked` for `start`. */
export function halfNames(name: string): [string, ...string[]] {
  const plain = name
    .replace(/^[#_]/, '')
    .replace(/^\[Symbol\.(\w+)\]$/, '$1')
    .replace(/[^$\w]/g, '');
  return [`${plain}Locked`, `${plain}UnderLock`];
}

/** Whether a name is one that the part of `name` under the lock may have. */
export function isHalfOf(half: string | undefined, name: string): boolean {
  const plain = half?.replace(/^[#_]/, '').replace(/\d+$/, '');
  return halfNames(name).some((known) => known === plain);
}
