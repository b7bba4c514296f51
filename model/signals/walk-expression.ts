import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isAccessor } from './is-accessor.ts';
import { pathOf } from './reads.ts';
import { followedBy, walkCall } from './walk-call.ts';
import type { Place, Walk } from './walk.ts';

/** Walks an expression in the order in which it is evaluated. */
export function walkExpression(node: TSESTree.Node, place: Place, walk: Walk): void {
  const inner = unwrap(node);
  const aside = { ...place, wait: undefined, isAwaited: false };
  switch (inner.type) {
    case 'AwaitExpression':
      walkAwait(inner, place, walk);
      break;
    case 'CallExpression':
    case 'NewExpression':
      walkCall(inner, place, walk);
      break;
    case 'AssignmentExpression':
      walkAssignment(inner, place, walk);
      break;
    case 'UpdateExpression':
      walk.write(inner, pathOf(inner.argument, walk.file), undefined, place);
      break;
    case 'UnaryExpression':
      walkExpression(inner.argument, aside, walk);
      if (inner.operator === 'delete') walk.write(inner, pathOf(inner.argument, walk.file), false, place);
      break;
    case 'LogicalExpression': {
      walkExpression(inner.left, aside, walk);
      const guard = walk.guard(inner.left, inner.operator === '??' ? undefined : inner.operator === '&&', place, true);
      between(place, () => walkExpression(inner.right, { ...place, guards: [...place.guards, guard] }, walk));
      break;
    }
    case 'ConditionalExpression':
      walkExpression(inner.test, aside, walk);
      between(place, () => walkExpression(inner.consequent, { ...place, guards: [...place.guards, walk.guard(inner.test, true, place)] }, walk));
      between(place, () => walkExpression(inner.alternate, { ...place, guards: [...place.guards, walk.guard(inner.test, false, place)] }, walk));
      break;
    default:
      if (!isFunction(inner) && !isClass(inner)) for (const child of childNodes(inner)) walkExpression(child, aside, walk);
  }
}

/** What is done here may not be done, so that no await in it has surely been passed. */
function between({ thread }: Place, work: () => void): void {
  const { epoch } = thread;
  work();
  thread.epoch = epoch;
}

function walkAwait(node: TSESTree.AwaitExpression, place: Place, walk: Walk): void {
  walkExpression(node.argument, { ...place, wait: node, isAwaited: true }, walk);
  // What is followed counts its own awaits. No signal comes in while a promise that is settled already is awaited.
  if (isImmediate(node.argument) || followedBy(node.argument, walk)?.async === true) return;
  place.thread.epoch++;
  place.thread.passed++;
}

/** Whether an await of it is over before anything but other promises has its turn. */
export function isImmediate(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression') {
    const { object, property } = inner.callee;
    return object.type === 'Identifier' && object.name === 'Promise' && property.type === 'Identifier' && property.name === 'resolve';
  }
  return inner.type === 'Literal' || (inner.type === 'Identifier' && inner.name === 'undefined');
}

const LOGICAL: ReadonlySet<string> = new Set(['&&=', '??=', '||=']);

function walkAssignment(node: TSESTree.AssignmentExpression, place: Place, walk: Walk): void {
  const { left, right, operator } = node;
  const path = pathOf(left, walk.file);
  const isLogical = LOGICAL.has(operator);
  const guards = isLogical ? [...place.guards, walk.guard(left, operator === '&&=' ? true : operator === '||=' ? false : undefined, place)] : place.guards;
  const at = { ...place, guards };
  if (isLogical) walk.write(node, path, true, at);
  walkExpression(right, { ...at, wait: place.wait ?? node }, walk);
  if (isLogical) return;
  if (isAccessor(left, walk.file)) walk.write(node, 'this.*', undefined, place);
  if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') walk.write(node, '*', undefined, place);
  else walk.write(node, path, operator === '=' ? truthOf(right) : undefined, place);
}

/** Whether a value is surely truthy, as `true` and an object are, or surely falsy. */
function truthOf(node: TSESTree.Node): boolean | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return Boolean(inner.value);
  if (inner.type === 'Identifier' && inner.name === 'undefined') return false;
  return /^(?:Array|ArrowFunction|Class|Function|New|Object)Expression$/.test(inner.type) ? true : undefined;
}
