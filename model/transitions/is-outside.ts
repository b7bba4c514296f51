import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { childNodes } from '../ast/children.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { ClassFacts } from '../service.ts';

/** Whether it names what may be something else after the await: a field that changes, a parameter, a name from outside. */
export function isOutside(node: TSESTree.Node, made: ReadonlySet<string>, facts: ClassFacts): boolean {
  const inner = unwrap(node);
  const field = thisMember(inner);
  if (field !== undefined) return changes(field, facts);
  if (inner.type === 'ThisExpression') return true;
  if (inner.type === 'Identifier') return !made.has(inner.name) && inner.name !== 'undefined' && !/^[A-Z]/.test(inner.name);
  if (inner.type === 'MemberExpression' && !inner.computed) return isOutside(inner.object, made, facts);
  if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier') return inner.arguments.some((argument) => isOutside(argument, made, facts));
  return childNodes(inner).some((child) => isOutside(child, made, facts));
}

/** Whether a member is anything but a field that is set once, like the options of the constructor, or the logger. */
function changes(name: string, facts: ClassFacts): boolean {
  if (facts.methods.has(name) || facts.getters.has(name)) return true;
  return [...facts.methods.values()].some(({ value }) => someBelow(value.body, (node) => node.type === 'AssignmentExpression' && thisRoot(node.left) === name));
}

/** The names declared or assigned by the awaiting statement or after it, and those of catch clauses. */
export function namesMadeBy(fn: TSESTree.Node, wait: TSESTree.Node): ReadonlySet<string> {
  const names = new Set<string>();
  visit(fn, (node) => {
    if (node.type === 'VariableDeclarator' && node.range[1] >= wait.range[1]) addNames(node.id, names);
    if (node.type === 'AssignmentExpression' && contains(node, wait)) addNames(node.left, names);
    if (node.type === 'CatchClause' && node.param !== null) addNames(node.param, names);
    return undefined;
  });
  return names;
}

function addNames(pattern: TSESTree.Node, names: Set<string>): void {
  visit(pattern, (node) => {
    if (node.type === 'Identifier') names.add(node.name);
    return undefined;
  });
}
