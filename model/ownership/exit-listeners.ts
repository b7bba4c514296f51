import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { LISTENS } from '../flow/callee-names.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { functionAt } from '../signals/function-at.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { importedFrom, methodOfProcess } from './is-process.ts';

/** A function that runs while the process exits. */
export interface ExitListener {
  /** `process.on('exit', …)`, `onExit(…)` of signal-exit. */
  readonly node: TSESTree.CallExpression;
  readonly fn: FunctionNode;
  /** Whether another event of the process runs the same function. */
  readonly isShared: boolean;
}

/** Packages that run what they are given as synchronously as the event itself. */
const HOOKS: ReadonlySet<string> = new Set(['exit-hook', 'signal-exit']);

export function exitListenersIn(file: SignalFile): readonly ExitListener[] {
  const found: { readonly node: TSESTree.CallExpression; readonly fn: FunctionNode; readonly isExit: boolean }[] = [];
  visit(file.program, (node) => {
    const registered = node.type === 'CallExpression' ? registrationOf(node, file) : undefined;
    const fn = registered === undefined ? undefined : functionAt(registered.listener, file);
    if (node.type === 'CallExpression' && registered !== undefined && fn !== undefined) found.push({ node, fn, isExit: registered.isExit });
    return undefined;
  });
  return found.flatMap(({ node, fn, isExit }) => (isExit ? [{ node, fn, isShared: found.some((other) => !other.isExit && other.fn === fn) }] : []));
}

function registrationOf(node: TSESTree.CallExpression, file: SignalFile): { readonly listener: TSESTree.Node; readonly isExit: boolean } | undefined {
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  if (isHook(node.callee, file)) return { listener: first, isExit: true };
  if (second === undefined || !LISTENS.has(methodOfProcess(node, file) ?? '')) return undefined;
  const event = unwrap(first);
  return { listener: second, isExit: event.type === 'Literal' && event.value === 'exit' };
}

/** `asyncExitHook` of exit-hook waits, and is none. */
function isHook(callee: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(callee);
  if (inner.type !== 'Identifier') return false;
  const binding = bindingOf(inner.name, inner, file.parents);
  if (binding?.kind !== 'import' || !HOOKS.has(importedFrom(binding.node, file) ?? '')) return false;
  const { node } = binding;
  return node.type === 'ImportDefaultSpecifier' || (node.type === 'ImportSpecifier' && node.imported.type === 'Identifier' && node.imported.name === 'onExit');
}
