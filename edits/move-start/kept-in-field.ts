import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { contains } from '../../model/ast/contains.ts';
import { around, parentsOf } from '../../model/ast/parents.ts';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { rebindsThis } from '../../model/ast/rebinds-this.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';

/**
 * The field that has the value of a parameter or local of the constructor, set by a statement that stays. `isReadLater`: it has to have it for ever, also
 * if others could set it.
 */
export function fieldKeeping(name: string, facts: ClassFacts, gone: readonly TSESTree.Node[], isReadLater: boolean): string | undefined {
  const { constructorNode, getters, node } = facts;
  if (constructorNode === undefined || isSetAgain(name, constructorNode)) return undefined;
  const parameter = constructorNode.value.params.find((param) => param.type === 'TSParameterProperty' && boundNames(param.parameter).includes(name));
  const setters = (constructorNode.value.body?.body ?? []).flatMap((statement) => {
    const set = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    const isSet = set?.type === 'AssignmentExpression' && set.operator === '=' && set.right.type === 'Identifier' && set.right.name === name;
    const field = isSet ? thisMember(set.left) : undefined;
    return field === undefined || gone.includes(statement) ? [] : [field];
  });
  const candidates = parameter === undefined ? setters : [name, ...setters];
  return candidates.find((field) => !getters.has(field) && (!isReadLater || isOwn(field, facts, parameter)) && !hasSetter(facts, field) && writesOf(field, node) === (parameter !== undefined && field === name ? 0 : 1));
}

/** Whether nobody outside of the class can set it. */
function isOwn(field: string, { fields }: ClassFacts, parameter: TSESTree.Parameter | undefined): boolean {
  if (field.startsWith('#')) return true;
  const declared = fields.get(field)?.node;
  const node = declared?.type === 'PropertyDefinition' ? declared : parameter;
  return node !== undefined && 'readonly' in node && (node.readonly || node.accessibility === 'private');
}

function hasSetter({ node }: ClassFacts, field: string): boolean {
  return node.body.body.some((member) => member.type === 'MethodDefinition' && member.kind === 'set' && member.key.type === 'Identifier' && member.key.name === field);
}

/** Whether code gives a local another value. */
export function isSetAgain(name: string, root: TSESTree.Node): boolean {
  let found = false;
  visit(root, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
    found ||= target !== undefined && boundNames(target).includes(name);
    return undefined;
  });
  return found;
}

/** How often a class sets a field, by any way of writing it that is seen. */
function writesOf(field: string, root: TSESTree.Node): number {
  let count = 0;
  visit(root, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
    if (target === undefined) return undefined;
    visit(target, (part) => {
      if (thisMember(part) === field) count++;
      return undefined;
    });
    return undefined;
  });
  return count;
}

/** Says `this.name` for each use of a local in code; undefined where `this` would be another there. */
export function throughField(name: string, field: string, root: TSESTree.Node, { program }: Source): readonly Change[] | undefined {
  const parents = parentsOf(program);
  const changes: Change[] = [];
  const lost = new Set<TSESTree.Node>();
  visit(root, (node) => {
    const parent = parents.get(node);
    if (node.type !== 'Identifier' || node.name !== name || isPropertyName(node, parent)) return undefined;
    const scope = bindingOf(name, node, parents)?.scope;
    if (scope === undefined || contains(root, scope)) return undefined;
    for (const at of around(node, { parents })) {
      if (at === root) break;
      if (rebindsThis(at)) lost.add(node);
    }
    if (parent?.type === 'TSTypeQuery') lost.add(node);
    const [start, end] = node.range;
    const isShort = parent?.type === 'Property' && parent.shorthand;
    const text = `${isShort ? `${name}: ` : ''}this.${field}`;
    if (!changes.some((change) => change.start === start)) changes.push({ start, end, text });
    return undefined;
  });
  return lost.size > 0 ? undefined : changes;
}
