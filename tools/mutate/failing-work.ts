import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../../model/ast/callee-text.ts';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Specimen } from './mutation.ts';

/** What an error of work other than its timeout tells: that it has ended; nothing, as it cannot come; or that it may still be alive. */
type Failure = 'alive' | 'ended' | 'never';

const MAX_DEPTH = 6;

/** Why it does no harm to take every error of this work for a timeout. */
export function whyFailureIsAsBad(works: readonly TSESTree.Node[], specimen: Specimen): string | undefined {
  const failures = works.flatMap((work) => failuresOf(work, specimen));
  if (failures.length === 0 || failures.includes('ended')) return undefined;
  return failures.includes('alive') ? 'what fails to close may be as alive as what does not close in time' : 'the work catches all its errors: only the timeout can come';
}

export function failuresOf(work: TSESTree.Node, specimen: Specimen, depth = 0): readonly Failure[] {
  const node = unwrap(work);
  const below = (parts: readonly (TSESTree.Node | null)[]): readonly Failure[] => parts.flatMap((part) => (part === null || isNothing(part) ? [] : failuresOf(part, specimen, depth + 1)));
  if (depth > MAX_DEPTH) return ['ended'];
  const field = thisMember(node);
  if (field !== undefined) return below([...assignedTo((left) => thisMember(left) === field, specimen), ...addedTo(field, specimen)]);
  switch (node.type) {
    case 'Identifier':
      return below(valuesOf(node.name, specimen));
    case 'ArrowFunctionExpression':
      return below([node.body]);
    case 'ArrayExpression':
      return below(node.elements);
    case 'LogicalExpression':
      return below([node.left, node.right]);
    case 'NewExpression':
      return someBelow(node, (part) => part.type === 'Identifier' && /^(?:reject|once)$/.test(part.name)) ? ['ended'] : ['never'];
    case 'CallExpression':
      return ofCall(node, specimen, depth);
    default:
      return ['ended'];
  }
}

function ofCall(node: TSESTree.CallExpression, specimen: Specimen, depth: number): readonly Failure[] {
  const [first] = node.arguments;
  if (/^Promise\.(?:all|any|race|resolve)\(/.test(calleeText(node)) && first !== undefined) return failuresOf(first, specimen, depth + 1);
  if (calleeText(node).startsWith('Promise.allSettled(')) return ['never'];
  const callee = unwrap(node.callee);
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
    if (callee.property.name === 'catch') return ['never'];
    if (callee.property.name === 'finally') return failuresOf(callee.object, specimen, depth + 1);
  }
  const own = thisMember(callee);
  const method = specimen.nodes.find((member) => member.type === 'MethodDefinition' && own !== undefined && keyName(member) === own);
  if (method?.type !== 'MethodDefinition') return ['alive'];
  return isWhollyGuarded(method) ? ['never'] : ['ended'];
}

/** `while (…) { try { … } catch { … } }` and nothing beside it. */
function isWhollyGuarded({ value }: TSESTree.MethodDefinition): boolean {
  const statements = value.body?.body ?? [];
  return statements.every((statement) => {
    const inner = statement.type === 'WhileStatement' && statement.body.type === 'BlockStatement' ? statement.body.body : [statement];
    return inner.every((one) => (one.type === 'TryStatement' && one.handler !== null) || !someBelow(one, ({ type }) => type === 'AwaitExpression' || type === 'ThrowStatement'));
  });
}

function valuesOf(name: string, specimen: Specimen): readonly TSESTree.Node[] {
  const declared = specimen.nodes.flatMap((node) => (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name && node.init !== null ? [node.init] : []));
  const taken = specimen.nodes.flatMap((node) => (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init?.type === 'ThisExpression' && node.id.properties.some((property) => property.type === 'Property' && keyName(property) === name) ? assignedTo((left) => thisMember(left) === name, specimen) : []));
  const boxed = specimen.nodes.flatMap((node) => (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init?.type === 'AwaitExpression' ? valuesUnder(name, node.init) : []));
  return [...declared, ...taken, ...boxed, ...assignedTo((left) => left.type === 'Identifier' && left.name === name, specimen)];
}

/** `const { ended } = await this.lock.runExclusive(() => { …; return { ended: this.ended }; })` */
function valuesUnder(name: string, init: TSESTree.Node): readonly TSESTree.Node[] {
  const values: TSESTree.Node[] = [];
  visit(init, (node) => {
    if (node.type === 'Property' && keyName(node) === name) values.push(node.value);
    return undefined;
  });
  return values;
}

/** `this.tasks.add(task)`, `this.tasks.push(task)` */
function addedTo(field: string, { nodes }: Specimen): readonly TSESTree.Node[] {
  return nodes.flatMap((node) => {
    const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
    const isAdd = callee?.type === 'MemberExpression' && thisMember(callee.object) === field && /^(?:add|push)$/.test(memberName(callee) ?? '');
    return node.type === 'CallExpression' && isAdd ? node.arguments.slice(0, 1) : [];
  });
}

function assignedTo(isLeft: (left: TSESTree.Node) => boolean, { nodes }: Specimen): readonly TSESTree.Node[] {
  return nodes.flatMap((node) => (node.type === 'AssignmentExpression' && isLeft(node.left) ? [node.right] : []));
}
