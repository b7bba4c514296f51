import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { notesOf } from './function-notes.ts';
import type { Place } from './place.ts';

const FORCES = new Set(['abort', 'closeAllConnections', 'destroy', 'exit', 'kill', 'reject', 'terminate']);

/** Whether stop looks at how a wait ended: at its result, or later at what it waited for. */
export function isLookedAt(wait: TSESTree.Node, work: TSESTree.Node, place: Place): boolean {
  if (wait.type === 'AwaitExpression' && !place.walk.ignored.has(wait)) return true;
  const names = new Set<string>();
  collectNames(work, names, place, 0);
  return notesOf(place.fn).branches.some((branch) => {
    if (branch.range[0] < wait.range[1]) return false;
    const test = branch.type === 'IfStatement' ? branch.test : branch.discriminant;
    return someBelow(test, (node) => names.has(nameOf(node) ?? '')) || someBelow(branch, forcesEnd);
  });
}

/** `if (child.exitCode === null) child.kill('SIGKILL')`: what did not end by itself is ended, or told of. */
function forcesEnd(node: TSESTree.Node): boolean {
  if (node.type === 'ThrowStatement') return true;
  return node.type === 'CallExpression' && FORCES.has(calleeName(node) ?? '');
}

function collectNames(node: TSESTree.Node, names: Set<string>, place: Place, depth: number): void {
  someBelow(node, (inner) => {
    const name = nameOf(inner);
    if (name === undefined || names.has(name)) return false;
    names.add(name);
    const init = inner.type === 'Identifier' ? place.scope.locals.get(inner.name)?.init : undefined;
    if (init !== undefined && depth < 3) collectNames(init, names, place, depth + 1);
    return false;
  });
}

/** A local or a field. */
function nameOf(node: TSESTree.Node): string | undefined {
  const field = thisMember(node);
  if (field !== undefined) return `this.${field}`;
  return node.type === 'Identifier' ? node.name : undefined;
}
