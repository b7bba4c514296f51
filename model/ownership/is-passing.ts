import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { wordsOf } from '../ast/words-of.ts';
import { LISTENS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import { isExit } from '../signals/is-exit.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { methodOfProcess } from './is-process.ts';
import { functionName } from './owner-name.ts';

/** What is begun there is meant to last, and if it fails, so does the process. */
const LASTING: ReadonlySet<string> = new Set(
  'activate after begin boot bootstrap component configure created daemon enable init initialise initialize install launch listen main mount mounted poll prepare register run serve server setup start startup up warmup watch work worker'.split(' '),
);
/** What is begun there is meant for others. */
const FACTORIES: ReadonlySet<string> = new Set(['build', 'connect', 'consume', 'create', 'make', 'open', 'provide', 'subscribe']);

/**
 * Whether a function is over soon after it was called while the process goes on, as far as its name and its file tell; for `use` also,
 * whether what it has started is not meant to outlive it.
 */
export function isPassing(fn: FunctionNode, file: SignalFile, purpose: 'factory' | 'use'): boolean {
  if (fn.generator || someBelow(fn.body, (node) => (isEndless(node) && !isOver(node, fn)) || isExit(node), (node) => node !== fn.body && isFunction(node))) return false;
  for (let at: TSESTree.Node | undefined = fn; at !== undefined; at = file.parents.get(at)) if (isFunction(at) && isLasting(at, file, purpose)) return false;
  return !someBelow(file.program, (node) => node.type === 'CallExpression' && LISTENS.has(methodOfProcess(node, file) ?? ''));
}

function isLasting(fn: FunctionNode, { parents }: SignalFile, purpose: 'factory' | 'use'): boolean {
  const parent = parents.get(fn);
  const isMember = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition';
  if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') return true;
  const [first = '', ...others] = wordsOf((isMember ? keyName(parent) : functionName(fn, parent)) ?? '');
  // `onModuleInit`, `beforeAll`: what such hooks begin lasts as long as their host.
  return LASTING.has(first) || (purpose === 'use' && FACTORIES.has(first)) || ((first === 'on' || first === 'before') && others.length > 0) || others.some((word) => /^(?:daemon|server|setup|startup|worker)$/.test(word));
}

/** Whether a stream surely is to end: what has been made of it is returned. */
function isOver(loop: TSESTree.Node, fn: FunctionNode): boolean {
  const last = fn.body.type === 'BlockStatement' ? fn.body.body.at(-1) : undefined;
  return loop.type === 'ForOfStatement' && last?.type === 'ReturnStatement' && last.argument !== null && last.range[0] > loop.range[1];
}

/** A loop that nothing but a condition of its own, or the end of a stream, ends. */
function isEndless(node: TSESTree.Node): boolean {
  return node.type === 'WhileStatement' || node.type === 'DoWhileStatement' || (node.type === 'ForStatement' && node.test === null) || (node.type === 'ForOfStatement' && node.await);
}
