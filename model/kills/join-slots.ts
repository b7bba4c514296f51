import type { TSESTree } from '@typescript-eslint/utils';
import { boundIdentifiers } from '../ast/bound-names.ts';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { around, functionAround } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassNode, FunctionNode } from '../service.ts';
import { calledFunction, functionFor } from './called.ts';
import { classOfThis, type FileCode } from './file-code.ts';
import { isClass } from '../ast/is-class.ts';
import { readType, spawnedBy } from './process-apis.ts';
import { itemsOf, join, rootOf, type Slot, Slots } from './slots.ts';

/** Reads where the values of a file go: which of its places hold the same, and what is known of what they hold. */
export function joinSlots(code: FileCode): Slots {
  const slots = new Slots(code);
  for (const node of code.nodes) {
    note(node, slots);
    flow(node, slots, code);
    annotate(node, slots, code);
  }
  return slots;
}

function note(node: TSESTree.Node, slots: Slots): void {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression' && node.type !== 'CallExpression') return;
  slots.of(node)?.mentions.push(node);
}

/** `to` is given `value`. */
function give(to: Slot | undefined, value: TSESTree.Node, slots: Slots, code: FileCode): void {
  if (to === undefined) return;
  const inner = unwrap(value);
  if (inner.type === 'ConditionalExpression') for (const each of [inner.consequent, inner.alternate]) give(to, each, slots, code);
  else if (inner.type === 'LogicalExpression') for (const each of [inner.left, inner.right]) give(to, each, slots, code);
  else if (inner.type === 'AssignmentExpression') give(to, inner.right, slots, code);
  else if (holdsNothing(inner)) sayOfItems(to, inner, code);
  else if (spawnedBy(inner, code) !== undefined) rootOf(to).spawned.push(inner as TSESTree.CallExpression);
  else {
    const from = slots.of(inner);
    if (from === undefined) rootOf(to).others.push(inner);
    else join(to, from);
  }
}

/** `new Map<string, ChildProcess>()`. */
function sayOfItems(to: Slot, node: TSESTree.Node, code: FileCode): void {
  const last = node.type === 'NewExpression' ? node.typeArguments?.params.at(-1) : undefined;
  const said = last === undefined ? 'nothing' : readType(last, code);
  if (said !== 'nothing' && said !== 'children') itemsOf(to).says.push(said);
}

function holdsNothing(node: TSESTree.Node): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  if (node.type === 'NewExpression') return /^(?:Weak)?(?:Map|Set)$/.test(calleeName(node) ?? '');
  return (node.type === 'Literal' && (node.value === null || node.value === false)) || (node.type === 'ArrayExpression' && node.elements.length === 0) || (node.type === 'ObjectExpression' && node.properties.length === 0);
}

function flow(node: TSESTree.Node, slots: Slots, code: FileCode): void {
  switch (node.type) {
    case 'VariableDeclarator':
      if (node.init !== null) bind(node.id, node.init, slots, code);
      break;
    case 'AssignmentExpression':
      bind(node.left, node.right, slots, code);
      break;
    case 'PropertyDefinition': {
      const owner = node.value === null ? undefined : ownerOf(node, code);
      if (owner !== undefined && node.value !== null && !isFunction(node.value)) give(slots.ofField(owner, keyName(node) ?? ''), node.value, slots, code);
      break;
    }
    case 'Property':
      if (code.parents.get(node)?.type === 'ObjectExpression' && keyName(node) !== undefined) give(slots.ofProperty(keyName(node) ?? ''), node.value, slots, code);
      break;
    case 'ForOfStatement':
      each(node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left, node.right, slots);
      break;
    case 'ReturnStatement': {
      const fn = functionAround(node, code);
      if (fn !== undefined && node.argument !== null) give(slots.ofResult(fn), node.argument, slots, code);
      break;
    }
    case 'ArrowFunctionExpression':
      if (node.body.type !== 'BlockStatement') give(slots.ofResult(node), node.body, slots, code);
      break;
    case 'CallExpression':
      call(node, slots, code);
      break;
    default:
  }
}

function ownerOf(node: TSESTree.Node, code: FileCode): ClassNode | undefined {
  for (const at of around(node, code)) if (isClass(at)) return at;
  return undefined;
}

function bind(target: TSESTree.Node, value: TSESTree.Node, slots: Slots, code: FileCode): void {
  const inner = unwrap(target);
  if (inner.type === 'AssignmentPattern') bind(inner.left, value, slots, code);
  if (inner.type !== 'ObjectPattern') {
    give(slots.of(inner), value, slots, code);
    return;
  }
  const isThis = unwrap(value).type === 'ThisExpression';
  const owner = isThis ? classOfThis(unwrap(value), code) : undefined;
  for (const property of inner.properties) {
    const name = property.type === 'Property' ? keyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) continue;
    const local = slots.of(property.value.type === 'AssignmentPattern' ? property.value.left : property.value);
    if (local !== undefined) join(local, owner === undefined ? slots.ofProperty(name) : slots.ofField(owner, name));
  }
}

/** Each of `list` is given to `target`; of an entry of a map, the value. */
function each(target: TSESTree.Node, list: TSESTree.Node, slots: Slots): void {
  const items = slots.ofItemsIn(list);
  const local = slots.of(target.type === 'ArrayPattern' ? (target.elements[1] ?? target) : target);
  if (items !== undefined && local !== undefined) join(local, items);
}

const ADDS: Readonly<Record<string, number>> = { add: 0, push: 0, set: 1, unshift: 0 };
const VISITS = new Set(['every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'some']);

function call(node: TSESTree.CallExpression, slots: Slots, code: FileCode): void {
  const fn = calledFunction(node, code);
  if (fn !== undefined) {
    pass(fn, node.arguments, slots, code);
    return;
  }
  const callee = unwrap(node.callee);
  const name = calleeName(node) ?? '';
  if (callee.type !== 'MemberExpression') return;
  const added = node.arguments[ADDS[name] ?? -1];
  if (added !== undefined) {
    const collection = slots.of(callee.object);
    if (collection !== undefined) give(itemsOf(collection), added, slots, code);
  }
  const visitor = VISITS.has(name) && node.arguments[0] !== undefined ? functionFor(node.arguments[0], code) : undefined;
  const [item] = visitor?.params ?? [];
  if (item !== undefined) each(item, callee.object, slots);
}

function pass(fn: FunctionNode, values: readonly TSESTree.Node[], slots: Slots, code: FileCode): void {
  for (const [index, param] of fn.params.entries()) {
    const value = values[index];
    if (value === undefined || value.type === 'SpreadElement') return;
    const id = param.type === 'AssignmentPattern' ? param.left : param;
    if (id.type === 'Identifier') give(slots.of(id), value, slots, code);
    else if (id.type === 'ObjectPattern') bind(id, value, slots, code);
  }
}

/** Types that are written down. */
function annotate(node: TSESTree.Node, slots: Slots, code: FileCode): void {
  if (node.type === 'Identifier' && node.typeAnnotation != null) say(slots.of(node), node.typeAnnotation.typeAnnotation, code);
  else if (node.type === 'PropertyDefinition' && node.typeAnnotation != null) {
    const owner = ownerOf(node, code);
    if (owner !== undefined) say(slots.ofField(owner, keyName(node) ?? ''), node.typeAnnotation.typeAnnotation, code);
  } else if (node.type === 'TSPropertySignature' && node.typeAnnotation != null) {
    say(slots.ofProperty(keyName(node) ?? ''), node.typeAnnotation.typeAnnotation, code);
  } else if (node.type === 'TSParameterProperty') {
    const [id] = boundIdentifiers(node);
    const owner = ownerOf(node, code);
    const local = id === undefined ? undefined : slots.of(id);
    if (owner !== undefined && id !== undefined && local !== undefined) join(slots.ofField(owner, id.name), local);
  }
}

function say(slot: Slot | undefined, type: TSESTree.TypeNode, code: FileCode): void {
  if (slot === undefined) return;
  const said = readType(type, code);
  if (said === 'children') itemsOf(slot).says.push('node');
  else if (said !== 'nothing') slot.says.push(said);
}
