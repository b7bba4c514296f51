import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from './ast/callee-name.ts';
import { calleeText } from './ast/callee-text.ts';
import { contains } from './ast/contains.ts';
import { visit } from './ast/visit.ts';
import { collectedStopsIn } from './ownership/collected-stops.ts';
import { type ExitListener, exitListenersIn } from './ownership/exit-listeners.ts';
import { type Unfinished, unfinishedIn } from './ownership/exit-work.ts';
import type { Finalizer } from './ownership/finalizer.ts';
import { ownerName } from './ownership/owner-name.ts';
import type { SignalFile } from './signals/signal-file.ts';
import { signalFile } from './signals/signal-file.ts';

const cache = new WeakMap<TSESTree.Program, readonly Finalizer[]>();

/** What a file leaves to the garbage collector or to `exit` listeners, in the order of the text. Read once for each program, and frozen. */
export function finalizersOf(program: TSESTree.Program): readonly Finalizer[] {
  let finalizers = cache.get(program);
  if (finalizers === undefined) {
    const found = readFinalizers(signalFile(program));
    finalizers = Object.freeze([...found].sort((a, b) => a.node.range[0] - b.node.range[0]));
    cache.set(program, finalizers);
  }
  return finalizers;
}

function readFinalizers(file: SignalFile): readonly Finalizer[] {
  const listeners = exitListenersIn(file);
  const atExit = listeners.flatMap((listener): Finalizer[] => {
    const work = unfinishedIn(listener.fn, file);
    if (work === undefined) return [];
    const isBackstop = listener.isShared || isDoneElsewhere(work, listener, listeners, file);
    return [Object.freeze({ ...work, isBackstop, owner: ownerName(listener.node, file) })];
  });
  const collected = collectedStopsIn(file).map((stop): Finalizer => Object.freeze({ kind: 'collected', lost: undefined, owner: ownerName(stop.node, file), ...stop }));
  return [...collected, ...atExit.filter(({ node }, index) => atExit.findIndex((other) => other.node === node) === index)];
}

/** Whether the same is called outside of all `exit` listeners: `await browser.close()` in a `finally`. */
function isDoneElsewhere({ node: work, text }: Unfinished, { fn }: ExitListener, listeners: readonly ExitListener[], { program }: SignalFile): boolean {
  // A timer has no name of its own; a function that sets it has.
  if (work.type === 'CallExpression' && /^set(?:Immediate|Interval|Timeout)$/.test(calleeName(work) ?? '')) return false;
  const name = work.type === 'CallExpression' ? calleeText(work) : text.replace(/^await /, '');
  let found = false;
  visit(program, (node) => {
    if (node === fn || listeners.some((listener) => contains(listener.node, node))) return 'skip';
    found ||= node.type === 'CallExpression' && calleeText(node) === name;
    return found ? 'skip' : undefined;
  });
  return found;
}
