import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { holdsIn } from './locks.ts';
import { classOf, kindAt, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const LOOP = 'no-lock-across-run-loop';

/** What an in-place runner does until it is stopped, `while (…) { … }` or `await this.#loop();`, under the lock that stop needs to end it. */
export const holdTheLoop: Mutator = (specimen) => {
  const lock = lockIn(specimen);
  if (lock === undefined) return [];
  return specimen.nodes.flatMap((node): Mutation[] => {
    if (!/^(?:start|run)$/.test(memberAround(node, specimen)) || kindAt(node, specimen) !== 'in-place runner' || !isRun(node, specimen)) return [];
    return [{ what: 'the lock is held over the loop', rules: [LOOP], node, changes: [replace(node, `await ${lock}.runExclusive(async () => {\n${textOf(specimen, node)}\n});`)] }];
  });
};

function isRun(node: TSESTree.Node, specimen: Specimen): boolean {
  if (isLoop(node)) return waits(node) && !someBelow(node, ({ type }) => type === 'ReturnStatement');
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AwaitExpression') return false;
  const call = unwrap(node.expression.argument);
  const name = call.type === 'CallExpression' ? thisMember(call.callee) : undefined;
  const body = classOf(node, specimen);
  const method = body?.type === 'ClassBody' && name !== undefined ? body.body.find((member) => member.type === 'MethodDefinition' && keyName(member) === name) : undefined;
  return method !== undefined && someBelow(method, (at) => isLoop(at) && waits(at));
}

function waits(loop: TSESTree.Node): boolean {
  return someBelow(loop, ({ type }) => type === 'AwaitExpression');
}

/** `return { ended: this.#ended };` keeps the promise of the end from being awaited before the lock is given back. */
export const unboxTheEnd: Mutator = (specimen) =>
  holdsIn(specimen).flatMap(({ call, callback, member }): Mutation[] => {
    const declarator = specimen.parents.get(specimen.parents.get(call) ?? call);
    const [only, ...more] = declarator?.type === 'VariableDeclarator' && declarator.id.type === 'ObjectPattern' ? declarator.id.properties : [];
    const boxed = specimen.nodes.filter((node) => node.type === 'ReturnStatement' && callback.range[0] <= node.range[0] && node.range[1] <= callback.range[1]).at(-1);
    if (!isFunction(callback) || member !== 'stop' || declarator?.type !== 'VariableDeclarator' || only?.type !== 'Property' || more.length > 0 || boxed?.type !== 'ReturnStatement') return [];
    const value = boxed.argument?.type === 'ObjectExpression' && boxed.argument.properties.length === 1 ? boxed.argument.properties[0] : undefined;
    if (value?.type !== 'Property') return [];
    // The promise itself has been awaited when it comes out: what it gives is nothing, and the wait for that is over at once.
    const changes = [replace(declarator.id, textOf(specimen, only.value)), replace(boxed, `return ${textOf(specimen, value.value)};`), ...asPromise(only.value, specimen)];
    return [{ what: 'the promise of the end is returned out of the lock', rules: [LOOP, 'require-drain-timeout'], node: boxed, changes }];
  });

/** `await pTimeout(ended, …)` takes promises only. */
function asPromise(name: TSESTree.Node, specimen: Specimen): Mutation['changes'] {
  return specimen.nodes.flatMap((node) => {
    const [first] = node.type === 'CallExpression' ? node.arguments : [];
    const isTaken = first?.type === 'Identifier' && first.name === textOf(specimen, name) && first.range[0] > name.range[0];
    return isTaken ? [replace(first, `Promise.resolve(${first.name})`)] : [];
  });
}

function lockIn(specimen: Specimen): string | undefined {
  const callee = holdsIn(specimen)[0]?.call.callee;
  return callee?.type === 'MemberExpression' ? textOf(specimen, callee.object) : undefined;
}
