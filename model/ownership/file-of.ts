import type { TSESTree } from '@typescript-eslint/utils';
import { signalFile, type SignalFile } from '../signals/signal-file.ts';

const cache = new WeakMap<TSESTree.Program, SignalFile>();

/** A file in which names can be looked up, read once for all facts of ownership. */
export function fileOf(program: TSESTree.Program): SignalFile {
  let file = cache.get(program);
  if (file === undefined) {
    file = signalFile(program);
    cache.set(program, file);
  }
  return file;
}
