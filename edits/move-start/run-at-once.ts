import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { type Parents, parentsOf } from '../../model/ast/parents.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import { TIMERS } from '../../model/flow/callee-names.ts';
import { methodOf } from '../../model/flow/walk.ts';
import type { ClassFacts } from '../../model/service.ts';
import { reachedMembers } from './reached-members.ts';

/** What statements may come to before the next one runs. */
export interface AtOnce {
  readonly members: ReadonlySet<string>;
  /** Whether somebody is given the object itself, or it is set in a way that is not followed, so that any of its members may be meant. */
  readonly isOpen: boolean;
  /** The code itself, and that of the methods it comes to. */
  readonly code: readonly TSESTree.Node[];
}

/** Every function that is written in the code counts as if it ran at once, only the callback of a timer is sure to run later. */
export function runAtOnce(nodes: readonly TSESTree.Node[], facts: ClassFacts, program: TSESTree.Program): AtOnce {
  const parents = parentsOf(program);
  const members = new Set<string>();
  const all: TSESTree.Node[] = [...nodes];
  let isOpen = false;
  const look = (node: TSESTree.Node): void => {
    isOpen ||= isHandedOn(node, parents.get(node)) || (node.type === 'AssignmentExpression' && node.left.type.endsWith('Pattern'));
  };
  const follow = (name: string): void => {
    members.add(name);
    const below = methodOf(facts, name)?.value ?? facts.getters.get(name);
    if (below === undefined) return;
    const { code, mentioned } = reachedMembers([below], facts, 'count');
    for (const one of mentioned) members.add(one);
    all.push(...code);
    for (const one of code) visit(one, (node) => (look(node), undefined));
  };
  for (const root of nodes) {
    visit(root, (node) => {
      if (isTimerCallback(node, parents)) return 'skip';
      look(node);
      const name = node.type === 'MemberExpression' ? thisMember(node) : undefined;
      if (name !== undefined) follow(name);
      return undefined;
    });
  }
  return { members, isOpen, code: all };
}

/** A function that a timer calls; it cannot run before all that runs now is over. */
function isTimerCallback(node: TSESTree.Node, parents: Parents): boolean {
  const call = parents.get(node);
  return isFunction(node) && call?.type === 'CallExpression' && isTimerCall(call) && call.arguments[0] === node;
}

export function isTimerCall(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && TIMERS.has(calleeName(node) ?? '');
}

/** `f(this)`; `this.tick.bind(this)` gives it only to its own method. */
function isHandedOn(node: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  if (node.type !== 'ThisExpression' || (parent?.type === 'MemberExpression' && parent.object === node)) return false;
  const isBound = parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && calleeName(parent) === 'bind' && thisMember(parent.callee.object) !== undefined;
  return !isBound;
}
