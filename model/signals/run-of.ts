import type { FunctionNode } from '../service.ts';
import type { Run } from './run.ts';
import type { SignalFile } from './signal-file.ts';
import { Walk } from './walk.ts';
import { walkExpression } from './walk-expression.ts';
import { walkStatements } from './walk-statements.ts';

/** What one signal sets going in its handler and in the functions of the file that this calls. */
export function runOf(fn: FunctionNode, file: SignalFile): Run {
  const walk = new Walk(file);
  walk.walked.add(fn);
  walk.frames.push({ fn, leastAtReturn: Infinity });
  const place = { thread: walk.fork(), guards: [], wait: undefined, isAwaited: false, isResultAwaited: fn.async, isRepeated: false, isOnFailure: false };
  if (fn.body.type === 'BlockStatement') walkStatements([fn.body], place, walk);
  else walkExpression(fn.body, { ...place, wait: fn.async ? fn.body : undefined, isAwaited: fn.async }, walk);
  return { fn, steps: walk.steps, writes: walk.writes, dropsListeners: walk.dropsListeners, sendsSignals: walk.sendsSignals, takesLock: walk.takesLock };
}
