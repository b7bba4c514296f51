import { posix } from 'node:path';
import type { OutputMap } from './output-map.ts';
import { isRecord } from '../is-record.ts';
import type { Package } from './packages.ts';

/** What a package lets others import: each under one subpath, with the files that its conditions lead to, the first of which that can be found counts. */
export interface Entry {
  /** `.`, `./testing`, `./*` */
  readonly subpath: string;
  /** Absolute, with forward slashes; `*` where the subpath has one. */
  readonly targets: readonly string[];
}

const INDEXES = ['index.ts', 'index.tsx', 'index.mts', 'index.cts', 'index.js', 'index.mjs', 'index.cjs', 'src/index.ts', 'src/index.tsx', 'src/index.js'];

/** What the manifest names; undefined where it names nothing, so that whoever imports the package gets its index. */
export function entriesOf({ folder, manifest }: Package): readonly Entry[] | undefined {
  const absolute = (target: string) => posix.join(folder, target);
  const { exports: exported } = manifest;
  if (exported !== undefined && exported !== null) {
    const subpaths = isRecord(exported) && Object.keys(exported).some((key) => key.startsWith('.')) ? Object.entries(exported) : [['.', exported] as const];
    return subpaths.map(([subpath, value]) => ({ subpath, targets: leavesOf(value).map(absolute) }));
  }
  const targets = ['source', 'types', 'typings', 'module', 'main'].map((key) => manifest[key]).filter((target) => typeof target === 'string');
  return targets.length === 0 ? undefined : [{ subpath: '.', targets: targets.map((target) => absolute(withExtension(target))) }];
}

export function indexesOf({ folder }: Package): readonly string[] {
  return INDEXES.map((name) => `${folder}/${name}`);
}

/** The source that `import 'package/subpath'` means; undefined where the package has none of that name, or where it cannot be told. */
export function entrySource(from: Package, subpath: string, outputs: OutputMap, exists: (path: string) => boolean): string | undefined {
  const entries = entriesOf(from);
  for (const entry of entries ?? []) {
    const star = starIn(entry.subpath, subpath);
    if (star === undefined) continue;
    for (const target of entry.targets) {
      const source = outputs.sourceOf(target.replaceAll('*', star), from);
      if (source !== undefined) return source;
    }
  }
  if (subpath === '.') return indexesOf(from).find((path) => exists(path));
  return from.manifest['exports'] === undefined ? deepSource(posix.join(from.folder, subpath), from, outputs) : undefined;
}

/** Without `exports` each file of the package can be imported by its path. */
function deepSource(path: string, from: Package, outputs: OutputMap): string | undefined {
  return [withExtension(path), `${path}/index.js`].map((target) => outputs.sourceOf(target, from)).find((source) => source !== undefined);
}

/** What the `*` of a subpath of `exports` stands for; empty where it has none. */
function starIn(pattern: string, subpath: string): string | undefined {
  const [before = '', after] = pattern.split('*', 2);
  if (after === undefined) return pattern === subpath ? '' : undefined;
  const fits = subpath.length > before.length + after.length && subpath.startsWith(before) && subpath.endsWith(after);
  return fits ? subpath.slice(before.length, subpath.length - after.length) : undefined;
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isRecord(value) ? Object.values(value).flatMap(leavesOf) : [];
}

function withExtension(target: string): string {
  return posix.extname(target) === '' ? `${target.replace(/\/$/, '/index')}.js` : target;
}
