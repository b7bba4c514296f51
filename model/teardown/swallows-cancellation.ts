import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import type { FunctionNode } from '../service.ts';
import type { Caught } from './handlers.ts';
import { keepsError } from './keeps-error.ts';
import type { BareStep } from './piece.ts';

const TELLS = /^(?:AbortError|ABORT_ERR|isAbort\w*|isCancel\w*|CancelledError|CanceledError)$/;

/**
 * How a handler round a step that the caller can abort ends the abort: `deliberate` where it singles it out and goes on, `blind` where it
 * goes on whatever the error is. Undefined where the abort goes on to the caller, or where the caller has none. `own` is the function it stands in.
 */
export function swallowsCancellation({ node, end, steps }: Caught, method: FunctionNode, own: FunctionNode): { readonly step: BareStep; readonly isDeliberate: boolean } | undefined {
  const signals = signalsOf(method);
  const step = steps.find(({ call, isAwaited }) => isAwaited && mentionsSignal(call, signals));
  if (step === undefined || node.type !== 'CatchClause' || throwsLater(node, own.body)) return undefined;
  const isDeliberate = singlesOut(node.body);
  return isDeliberate || (end === 'none' && !tellsOfAbort(node.body)) ? { step, isDeliberate } : undefined;
}

/** What a method is given that may carry a signal: `signal`, `{ signal }`, `options: AbortOptions`. */
function signalsOf({ params }: FunctionNode): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: TSESTree.Node): void => {
    if (node.type === 'Identifier') names.add(node.name);
    else if (node.type === 'Property') collect(node.value);
    else if (node.type === 'AssignmentPattern') collect(node.left);
    else for (const child of childNodes(node)) collect(child);
  };
  for (const param of params) collect(param);
  return names;
}

function mentionsSignal(call: TSESTree.Node, names: ReadonlySet<string>): boolean {
  return someBelow(call, (node) => {
    if (node.type === 'MemberExpression') return memberName(node) === 'signal' && node.object.type === 'Identifier' && names.has(node.object.name);
    return node.type === 'Identifier' && names.has(node.name) && /signal/i.test(node.name);
  }, isFunction);
}

/** Whether the function throws what the clause has kept, or looks at the signal once more. */
function throwsLater(clause: TSESTree.CatchClause, body: TSESTree.Node): boolean {
  if (keepsError(clause, body)) return true;
  return someBelow(body, (node) => node.range[0] >= clause.range[1] && node.type === 'MemberExpression' && memberName(node) === 'throwIfAborted');
}

function tellsOfAbort(node: TSESTree.Node): boolean {
  return someBelow(node, (below) => (below.type === 'Identifier' && TELLS.test(below.name)) || (below.type === 'Literal' && typeof below.value === 'string' && TELLS.test(below.value)) || (below.type === 'MemberExpression' && memberName(below) === 'aborted'));
}

/** `if (error.name === 'AbortError') return;`, or `if (error.name !== 'AbortError') throw error;` as the last word. */
function singlesOut({ body }: TSESTree.BlockStatement): boolean {
  return body.some((statement, index) => {
    if (statement.type !== 'IfStatement' || !tellsOfAbort(statement.test)) return false;
    const isNegated = someBelow(statement.test, (node) => (node.type === 'BinaryExpression' && node.operator.startsWith('!')) || (node.type === 'UnaryExpression' && node.operator === '!'));
    if (!isNegated) return alwaysExits(statement.consequent) === 'return';
    return alwaysExits(statement.consequent) === 'throw' && body.slice(index + 1).every((later) => alwaysExits(later) !== 'throw');
  });
}
