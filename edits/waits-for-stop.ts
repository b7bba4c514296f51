import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { memberName } from '../model/ast/member-name.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { thisRoot } from '../model/ast/this-root.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { visit } from '../model/ast/visit.ts';
import type { ClassFacts, Service } from '../model/service.ts';
import { awaitedNames } from './awaited-names.ts';
import { helpersOf } from './helpers-of.ts';
import type { Obstacle } from './lock-obstacle.ts';

/** Methods that put what settles a promise where stop may find it. */
const KEEPS = new Set(['add', 'enqueue', 'push', 'set', 'unshift']);

/** `await new Promise((resolve) => { this.end = resolve; })` in start, which only stop brings to its end: under one lock, never. */
export function waitsForStop(service: Service): Obstacle | undefined {
  for (const start of service.start.methods) {
    for (const helper of helpersOf(service.facts, start.name)) {
      const found = waitIn(helper.value.body, start.name, service);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function waitIn(body: TSESTree.Node, name: string, { facts, stop }: Service): Obstacle | undefined {
  const awaited = awaitedNames(body);
  let found: Obstacle | undefined;
  visit(body, (node) => {
    for (const promise of found === undefined ? keptPromises(node, awaited) : []) {
      const field = settlerField(promise);
      const ender = field === undefined ? undefined : stop.methods.find((method) => uses(facts, method.name, field));
      if (field !== undefined && ender !== undefined)
        found ??= { node, why: `${name}() waits until ${ender.name}() calls this.${field}, which it could not do while the lock is held` };
    }
    return undefined;
  });
  return found;
}

function uses(facts: ClassFacts, name: string, field: string): boolean {
  return helpersOf(facts, name).some(({ value }) => someBelow(value.body, (inner) => thisMember(inner) === field));
}

/** Each `new Promise(…)` in what a node awaits, returns, or gives a name that is awaited. */
function keptPromises(node: TSESTree.Node, awaited: ReadonlyMap<string, number>): readonly TSESTree.NewExpression[] {
  if (node.type === 'AwaitExpression' || node.type === 'ReturnStatement') return promisesIn(node.argument);
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && awaited.has(node.id.name)) return promisesIn(node.init);
  if (node.type !== 'AssignmentExpression') return [];
  const field = thisMember(node.left);
  return field !== undefined && awaited.has(`this.${field}`) ? promisesIn(node.right) : [];
}

function promisesIn(node: TSESTree.Node | null): readonly TSESTree.NewExpression[] {
  const found: TSESTree.NewExpression[] = [];
  if (node === null) return found;
  visit(node, (inner) => {
    if (inner.type === 'NewExpression' && inner.callee.type === 'Identifier' && inner.callee.name === 'Promise') found.push(inner);
    return isFunction(inner) ? 'skip' : undefined;
  });
  return found;
}

/** The field in which an executor leaves what settles its promise, itself, in a function, or somewhere within its value. */
function settlerField({ arguments: [executor] }: TSESTree.NewExpression): string | undefined {
  if (executor === undefined || !isFunction(executor)) return undefined;
  const settlers = new Set(executor.params.flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
  const settles = (node: TSESTree.Node): boolean => someBelow(node, (inner) => inner.type === 'Identifier' && settlers.has(inner.name));
  let field: string | undefined;
  visit(executor.body, (node) => {
    if (node.type === 'AssignmentExpression' && !isListener(node.left) && isHandle(unwrap(node.right)) && settles(node.right)) field ??= thisRoot(node.left);
    const callee = node.type === 'CallExpression' && KEEPS.has(calleeName(node) ?? '') ? unwrap(node.callee) : undefined;
    if (node.type === 'CallExpression' && callee?.type === 'MemberExpression' && node.arguments.some(settles)) field ??= thisRoot(callee.object);
    return undefined;
  });
  return field;
}

/** `source.onerror = reject`: the source calls it, not the class. */
function isListener(target: TSESTree.Node): boolean {
  return target.type === 'MemberExpression' && thisMember(target) === undefined && /^on[a-z]/.test(memberName(target) ?? '');
}

/** What settles, a function that does, or an object with them: not what a call makes that was given one, such as a server or a timer. */
function isHandle(node: TSESTree.Node): boolean {
  return node.type === 'Identifier' || node.type === 'ObjectExpression' || isFunction(node);
}
