import type { Arguments } from '../arguments/arguments.ts';
import { type ChangedFiles, filesSince, filesStaged } from './changed-files.ts';
import { discoverFiles, type Found } from './discover-files.ts';

/** The files behind the paths, and of these only the ones that git calls changed, where it is asked for them. */
export async function findFiles({ paths, since, staged }: Pick<Arguments, 'paths' | 'since' | 'staged'>, cwd: string): Promise<Found> {
  const changed = since !== undefined ? filesSince(since, cwd) : staged ? filesStaged(cwd) : undefined;
  const found = await discoverFiles(paths, cwd);
  return changed === undefined ? found : narrow(found, changed);
}

function narrow({ files, skipped, problems }: Found, changed: ChangedFiles): Found {
  const asked = files.filter(({ path }) => changed.paths.has(path.normalize()));
  const mixed = asked.filter(({ path }) => changed.mixed.has(path.normalize()));
  const message = 'not looked at: a part of its changes is not staged, and would be mixed with what is; stage the rest, or stash it with git stash --keep-index';
  return {
    files: asked.filter((file) => !mixed.includes(file)),
    skipped,
    problems: [...problems, ...mixed.map(({ name }) => ({ file: name, message }))],
  };
}
