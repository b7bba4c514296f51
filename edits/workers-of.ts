import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { ClassFacts } from '../model/service.ts';
import { helpersOf } from './helpers-of.ts';

/** Given a function, these take it for a listener, whose promise nobody has. */
const LISTENS = new Set(['addEventListener', 'addListener', 'nextTick', 'off', 'on', 'once', 'prependListener', 'queueMicrotask', 'removeListener', 'setImmediate', 'setInterval', 'setTimeout']);

/**
 * Fields with an object that was given functions which lead to one of the `locked` methods: `this.pool.run(() => this.onItem())`,
 * `this.client = connect({ handler: … })`. Such an object may wait for them when it is ended. A local name of one is given as `=name`.
 */
export function workersOf(facts: ClassFacts, locked: readonly string[]): ReadonlySet<string> {
  const leads = (node: TSESTree.Node): boolean => {
    const name = thisMember(node);
    return name !== undefined && (locked.includes(name) || helpersOf(facts, name).some((helper) => someBelow(helper.value.body, (inner) => locked.includes(thisMember(inner) ?? ''))));
  };
  const isGiven = (node: TSESTree.Node): boolean => (isFunction(node) ? someBelow(node.body, leads) : false) || (facts.methods.has(thisMember(node) ?? '') && leads(node));
  const workers = new Set<string>();
  const names = new Map<string, string>();
  visit(facts.node.body, (node) => {
    const [target, value] = assigned(node);
    if (target !== undefined && value !== undefined) {
      if (value.type === 'Identifier') names.set(value.name, target);
      if (someBelow(value, (inner) => isMaking(inner) && inner.arguments.some((argument) => someBelow(argument, isGiven)))) workers.add(target);
    }
    if (node.type !== 'CallExpression' || isListening(node) || !node.arguments.some((argument) => someBelow(argument, isGiven))) return undefined;
    const callee = unwrap(node.callee);
    const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
    const field = object === undefined ? undefined : (thisMember(object) ?? (object.type === 'Identifier' ? `=${object.name}` : undefined));
    if (field !== undefined && !facts.methods.has(field)) workers.add(field);
    return undefined;
  });
  for (const [name, field] of names) if (workers.has(`=${name}`)) workers.add(field);
  return workers;
}

/** `socket.on('close', …)` and `socket.onClose(…)`. */
function isListening(node: TSESTree.CallExpression): boolean {
  const name = calleeName(node) ?? '';
  return LISTENS.has(name) || /^on[A-Z]/.test(name);
}

/** What makes an object, rather than a promise of what a function gives. */
function isMaking(node: TSESTree.Node): node is TSESTree.CallExpression | TSESTree.NewExpression {
  if (node.type === 'NewExpression') return !(node.callee.type === 'Identifier' && node.callee.name === 'Promise');
  return node.type === 'CallExpression' && thisMember(node.callee) === undefined && !isListening(node);
}

function assigned(node: TSESTree.Node): readonly [string | undefined, TSESTree.Expression | undefined] {
  if (node.type === 'AssignmentExpression') return [thisMember(node.left), unwrap(node.right) as TSESTree.Expression];
  return [undefined, undefined];
}
