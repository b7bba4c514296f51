import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { CHAINS } from '../flow/callee-names.ts';
import { classesOf } from '../read-classes.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { functionAt } from '../signals/function-at.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import type { Finalizer } from './finalizer.ts';
import { isStopCall } from './is-stop-call.ts';
import { leftUndone, matters } from './left-undone.ts';

/** What a function begins and cannot finish if nothing waits for it. */
export type Unfinished = Pick<Finalizer, 'isSure' | 'lost' | 'node' | 'text'> & { readonly kind: 'exit' | 'late' };

const DEEPEST = 3;

/** What a function begins and that is not over when it returns, the sure before the unsure; `undefined` where all seems to be. */
export function unfinishedIn(fn: FunctionNode, file: SignalFile, depth = 0): Unfinished | undefined {
  if (depth > DEEPEST || fn.generator) return undefined;
  const found: Unfinished[] = [];
  visit(fn.body, (node) => {
    if (isFunction(node)) return 'skip';
    const here = unfinishedAt(node, file, depth);
    if (here !== undefined) found.push(here);
    return here === undefined ? undefined : 'skip';
  });
  return found.find(({ isSure }) => isSure) ?? found[0];
}

function unfinishedAt(node: TSESTree.Node, file: SignalFile, depth: number): Unfinished | undefined {
  if (node.type === 'AwaitExpression') return awaited(node, file, depth);
  if (node.type !== 'CallExpression') return undefined;
  return late(node) ?? chained(node, file) ?? called(node, file, depth);
}

function awaited(node: TSESTree.AwaitExpression, file: SignalFile, depth: number): Unfinished {
  const work = unwrap(node.argument);
  const lost = leftUndone(node, file.parents);
  const inner = rootOf(work);
  const fn = inner.type === 'CallExpression' ? calledFunction(inner, file) : undefined;
  // Seen to be over at once, or not.
  const goesOn = fn === undefined ? someBelow(work, isStopCall) : unfinishedIn(fn, file, depth + 1)?.isSure === true;
  return { kind: 'exit', node, text: `await ${calleeText(work)}`, lost, isSure: lost !== undefined || goesOn };
}

/** `stop().then(() => unlink(file))`: what is chained is not run. A function of the file is looked into. */
function chained(node: TSESTree.CallExpression, file: SignalFile): Unfinished | undefined {
  if (!isChain(node)) return undefined;
  const root = rootOf(node);
  if (root.type !== 'CallExpression') return undefined;
  const lost = node.arguments.find((argument) => calleeName(node) !== 'catch' && isFunction(argument) && matters(argument.body));
  return lost === undefined && (!isStopCall(root) || calledFunction(root, file) !== undefined) ? undefined : { kind: 'exit', node: root, text: calleeText(root), lost, isSure: true };
}

/** `setTimeout(() => child.kill('SIGKILL'), 5_000)`. */
function late(node: TSESTree.CallExpression): Unfinished | undefined {
  const [callback] = node.arguments;
  if (callback === undefined || !/^set(?:Immediate|Interval|Timeout)$/.test(calleeName(node) ?? '')) return undefined;
  const inner = unwrap(callback);
  return isFunction(inner) && matters(inner.body) ? { kind: 'late', node, text: calleeText(node), lost: undefined, isSure: true } : undefined;
}

/** A call of a function of the file that begins something itself. */
function called(node: TSESTree.CallExpression, file: SignalFile, depth: number): Unfinished | undefined {
  const fn = calledFunction(node, file);
  const inside = fn === undefined ? undefined : unfinishedIn(fn, file, depth + 1);
  return inside === undefined ? undefined : { ...inside, node, text: inside.kind === 'late' ? inside.text : calleeText(node) };
}

function isChain(node: TSESTree.Node): node is TSESTree.CallExpression {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && CHAINS.has(memberName(callee) ?? '');
}

/** What a chain of `.then(…)` hangs on. */
function rootOf(node: TSESTree.Node): TSESTree.Node {
  let inner = unwrap(node);
  while (isChain(inner)) {
    const callee = unwrap(inner.callee);
    if (callee.type !== 'MemberExpression') break;
    inner = unwrap(callee.object);
  }
  return inner;
}

/** The function of the file that a call runs, also as a method of `const bridge = new Bridge()`. */
function calledFunction({ callee }: TSESTree.CallExpression, file: SignalFile): FunctionNode | undefined {
  const inner = unwrap(callee);
  if (inner.type !== 'MemberExpression') return functionAt(inner, file);
  const object = unwrap(inner.object);
  if (object.type !== 'Identifier') return functionAt(inner, file);
  const binding = bindingOf(object.name, object, file.parents);
  const made = binding?.kind === 'const' && binding.init !== undefined ? unwrap(binding.init) : undefined;
  if (made?.type !== 'NewExpression') return undefined;
  const facts = classesOf(file.program).find(({ name, subclasses }) => name === calleeName(made) && subclasses.length === 0);
  return facts?.methods.get(memberName(inner) ?? '')?.value;
}
