import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { around } from '../../model/ast/parents.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { RUNNERS } from '../../model/flow/callee-names.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode } from '../../model/service.ts';
import { helpersOf } from '../helpers-of.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { KillSite } from './kill-site.ts';
import { levelsFrom } from './levels.ts';
import type { Mending } from './place-wait.ts';

/** What keeps a listener, a timer or the child itself from doing something when the exit comes. */
const CALLS_OFF = /^(?:clear(?:Immediate|Interval|Timeout)|disconnect|end|off|removeAllListeners|removeListener)$/;

/**
 * What follows the signal in the same turn, and has to come before the exit does: a flag by which a listener tells a wanted end from a crash, a listener
 * that is taken off. Behind the wait it would come too late. And what takes off the listener of the wait itself.
 */
export function toldTooLate(site: KillSite, anchor: TSESTree.Statement, mending: Mending): Obstacle | undefined {
  const { code, source } = mending;
  const leave = (node: TSESTree.Node, why: string): Obstacle => ({ node, why });
  const at = (node: TSESTree.Node): string => `line ${String(lineOf(source, node))}`;
  const removal = code.nodes.find((node) => node.type === 'CallExpression' && takesOffAll(node));
  if (removal !== undefined) return leave(removal, `all listeners are taken off at ${at(removal)}, with them the one that would hear of the exit`);
  const told = sameTurn(levelsFrom(anchor, site.fn, code)?.flatMap(({ rest }) => rest) ?? []);
  const bodies = told.flatMap((statement) => [statement, ...calledFrom(statement, mending)]);
  for (const body of bodies) {
    const off = find(body, (node) => node.type === 'CallExpression' && CALLS_OFF.test(calleeName(node) ?? ''));
    if (off !== undefined) return leave(off, `${at(off)} comes right after the signal, and would come after the exit; let it come before the signal`);
  }
  const names = new Set(bodies.flatMap(writtenIn));
  for (const fn of names.size === 0 ? [] : readersIn(site, mending)) {
    const read = find(fn, (node) => names.has(nameOf(node) ?? ''));
    if (read !== undefined) return leave(read, `${at(read)} looks at ${nameOf(read) ?? ''}, which is set right after the signal, and would be set after the exit; let it be set before the signal`);
  }
  return undefined;
}

function takesOffAll({ callee, arguments: [event] }: TSESTree.CallExpression): boolean {
  const inner = unwrap(callee);
  if (inner.type !== 'MemberExpression' || inner.property.type !== 'Identifier' || inner.property.name !== 'removeAllListeners') return false;
  const owner = unwrap(inner.object);
  const isStream = owner.type === 'MemberExpression' && owner.property.type === 'Identifier' && /^std(?:err|in|out)$/.test(owner.property.name);
  return !isStream && owner.type !== 'ThisExpression' && (event?.type !== 'Literal' || event.value === 'exit');
}

/** The statements before the first that waits. */
function sameTurn(statements: readonly TSESTree.Statement[]): readonly TSESTree.Statement[] {
  const wait = statements.findIndex((one) => someBelow(one, ({ type }) => type === 'AwaitExpression', isFunction));
  return wait === -1 ? statements : statements.slice(0, wait);
}

/** All methods that a part of the class names. */
function calledFrom(node: TSESTree.Node, { facts }: Mending): readonly TSESTree.Node[] {
  const bodies: TSESTree.Node[] = [];
  if (facts === undefined) return bodies;
  visit(node, (below) => {
    const own = thisMember(below);
    if (own === undefined) return undefined;
    bodies.push(...helpersOf(facts, own).map(({ value }) => value.body));
    const getter = facts.getters.get(own);
    if (getter !== undefined) bodies.push(getter.body);
    return undefined;
  });
  return bodies;
}

function writtenIn(body: TSESTree.Node): readonly string[] {
  const names: string[] = [];
  visit(body, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete') ? node.argument : undefined;
    const name = target === undefined ? undefined : nameOf(target);
    if (name !== undefined) names.push(name);
    return undefined;
  });
  return names;
}

/** `this.#stopping`, `stopping` */
function nameOf(node: TSESTree.Node): string | undefined {
  const own = node.type === 'MemberExpression' ? thisMember(node) : undefined;
  if (own !== undefined) return `this.${own}`;
  return node.type === 'Identifier' ? node.name : undefined;
}

/** What may run while the exit is waited for: callbacks, all that they call, and loops. */
function readersIn({ kill }: KillSite, mending: Mending): readonly TSESTree.Node[] {
  const { code } = mending;
  return code.nodes.flatMap((node): readonly TSESTree.Node[] => {
    if (node.type === 'ForStatement' || node.type === 'WhileStatement' || node.type === 'DoWhileStatement') return contains(node, kill.node) ? [] : [node];
    if (node.type !== 'CallExpression' || RUNNERS.has(calleeName(node) ?? '')) return [];
    return node.arguments.flatMap((given) => {
      if (contains(given, kill.node)) return [];
      const called = given.type === 'Identifier' ? functionOf(given, mending) : undefined;
      return isFunction(given) || called !== undefined || hasMethod(given, mending) ? [called ?? given, ...calledFrom(given, mending)] : [];
    });
  });
}

function functionOf(name: TSESTree.Identifier, { code }: Mending): FunctionNode | undefined {
  const binding = code.names.get(name);
  if (binding === undefined || Array.from(around(name, code)).includes(binding.node)) return undefined;
  const init = binding.init && unwrap(binding.init);
  return init !== undefined && isFunction(init) ? init : undefined;
}

/** `this.onExit`, `this.onExit.bind(this)` */
function hasMethod(given: TSESTree.Node, { facts }: Mending): boolean {
  return someBelow(given, (node) => facts?.methods.has(thisMember(node) ?? '') === true);
}

function find(root: TSESTree.Node, test: (node: TSESTree.Node) => boolean): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  someBelow(root, (node) => {
    if (test(node)) found = node;
    return found !== undefined;
  });
  return found;
}
