import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../ast/always-exits.ts';
import { isFunction } from '../ast/is-function.ts';
import { calleeName } from '../ast/callee-name.ts';
import { around, outermost } from '../ast/parents.ts';
import { callsOf } from './called.ts';
import { type FileCode, functionsAround } from './file-code.ts';
import { contains } from '../ast/contains.ts';

/**
 * Whether control may come from a node to one that stands behind it in the text: neither in the other branch, nor behind a way out. A
 * function round the first must run in place, unless it `mayRunLater`.
 */
export function mayReach(from: TSESTree.Node, to: TSESTree.Node, code: FileCode, mayRunLater = false): boolean {
  if (to.range[1] <= from.range[1]) return false;
  let last = from;
  for (const at of around(from, code)) {
    if (contains(at, to)) return !isOtherBranch(at, last, to) && (at.type !== 'BlockStatement' || contains(last, to) || !exitsBetween(at.body, last, to));
    if (isFunction(at)) {
      if (!mayRunLater && !runsInPlace(at, code)) return false;
    } else if (at.type === 'BlockStatement' && !isFunction(code.parents.get(at) ?? at) && exitsAfter(at.body, last) && !isInTry(at, to, code)) return false;
    last = at;
  }
  return false;
}

const IN_PLACE = /^(?:Promise|every|filter|find|flatMap|forEach|map|some)$/;

/** A callback that has run when the call of it returns. */
function runsInPlace(fn: TSESTree.Node, code: FileCode): boolean {
  const at = outermost(fn, code);
  const parent = code.parents.get(at);
  if (parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression') return false;
  return parent.callee === at || IN_PLACE.test(calleeName(parent) ?? '');
}

function isOtherBranch(at: TSESTree.Node, from: TSESTree.Node, to: TSESTree.Node): boolean {
  if (at.type !== 'IfStatement' && at.type !== 'ConditionalExpression') return false;
  return at.consequent === from && at.alternate !== null && contains(at.alternate, to);
}

function exitsAfter(body: readonly TSESTree.Node[], from: TSESTree.Node): boolean {
  return body.slice(body.indexOf(from)).some((statement) => alwaysExits(statement) !== 'none');
}

function exitsBetween(body: readonly TSESTree.Node[], from: TSESTree.Node, to: TSESTree.Node): boolean {
  const end = body.findIndex((statement) => contains(statement, to));
  return body.slice(body.indexOf(from), end).some((statement) => alwaysExits(statement) !== 'none');
}

/** A `finally` or a `catch` runs although the block is left. */
function isInTry(block: TSESTree.Node, to: TSESTree.Node, { parents }: FileCode): boolean {
  const parent = parents.get(block);
  return parent?.type === 'TryStatement' && contains(parent, to);
}

/** The awaits of a function itself that stand between two nodes. */
export function awaitBetween(from: TSESTree.Node, to: TSESTree.Node, code: FileCode): TSESTree.Node | undefined {
  const fn = functionsAround(from, code)[0];
  return code.nodes.find((node) => {
    const isPause = node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
    return isPause && from.range[1] <= node.range[0] && node.range[1] <= to.range[0] && functionsAround(node, code)[0] === fn;
  });
}

/** Whether a node runs after another: it stands behind it, in a timer that was set beside it, or in a function that is called afterwards. */
export function follows(later: TSESTree.Node, first: TSESTree.Node, code: FileCode): boolean {
  return mayReach(first, later, code) || isInTimerBeside(later, first, code) || isCalledAfter(later, first, code);
}

/** `setTimeout(() => child.kill('SIGKILL'), ms)` that is set before the first signal goes out. */
function isInTimerBeside(later: TSESTree.Node, first: TSESTree.Node, code: FileCode): boolean {
  return Array.from(around(later, code)).some((at) => at.type === 'CallExpression' && calleeName(at) === 'setTimeout' && !contains(at, first) && mayReach(at, first, code));
}

function isCalledAfter(later: TSESTree.Node, first: TSESTree.Node, code: FileCode): boolean {
  const fns = functionsAround(later, code).filter((fn) => !contains(fn, first));
  return fns.some((fn) => callsOf(fn, code).some((call) => mayReach(first, call, code)));
}
