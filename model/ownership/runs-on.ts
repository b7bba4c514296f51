import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { isExit } from '../signals/is-exit.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { endsProcess } from './ends-process.ts';

/** Whether the process, or a test, outlives a failure here. */
export function runsOn(node: TSESTree.Node, file: SignalFile): boolean {
  let isInFunction = false;
  let inner = node;
  for (let at = file.parents.get(node); at !== undefined; inner = at, at = file.parents.get(at)) {
    if (at.type === 'TryStatement' && at.handler !== null && at.block === inner && someBelow(at.handler, isExit)) return false;
    if (!isFunction(at)) continue;
    isInFunction = true;
    if (endsProcess(at, file)) return false;
  }
  return isInFunction;
}
