import { dirname } from 'node:path';

/** A hook sets variables for its own repository, which would answer for every other one too. */
export function gitEnvironment(root: string): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_PREFIX, GIT_WORK_TREE, ...others } = process.env;
  return { ...others, GIT_CEILING_DIRECTORIES: dirname(root), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}
