import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../../model/ast/constant-key.ts';
import { contains } from '../../model/ast/contains.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Field, FunctionNode, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { pathTo } from '../teardown/path-to.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { type Assignment, assignmentsIn } from './assignments-in.ts';
import { emptiesOf, isNullable } from './is-nullable.ts';
import type { Undo } from './undo-of.ts';

/** A field that start has set, and what it was before. */
export interface Reset {
  readonly field: string;
  /** As text: `undefined`, `false`. */
  readonly value: string;
  /** As `constantKey` writes it. */
  readonly key: string;
  readonly assignments: readonly TSESTree.AssignmentExpression[];
}

/** The flags and handles that start sets and stop clears, with what the class declares them to be at first. */
export function fieldsToReset(service: Service, source: Source, fn: FunctionNode, undos: readonly Undo[]): Obstacle | readonly Reset[] {
  const { facts, startup } = service;
  const own = assignmentsIn(fn);
  const made = facts.constructorNode === undefined ? [] : assignmentsIn(facts.constructorNode.value);
  const elsewhere = [...facts.methods.values()].filter(({ value }) => value !== fn && !contains(value, fn)).flatMap(({ value }) => assignmentsIn(value));
  const resets: Reset[] = [];
  for (const field of new Set(own.map((one) => one.field))) {
    const mine = own.filter((one) => one.field === field);
    const others = elsewhere.filter((one) => one.field === field).map(({ node }) => node);
    const initial = initialOf(facts.fields.get(field), made.filter((one) => one.field === field), source);
    const isHandle = undos.some((undo) => undo.fields.includes(field) && mine.some(({ node }) => contains(undo.place.statement, node)));
    const isNeeded = isHandle || startup.leftSet?.field === field;
    if (initial === undefined || mine.some(isStep)) {
      if (startup.leftSet?.field !== field) continue;
      return { node: mine[0]?.node ?? fn, why: `sets this.${field} at line ${lineOf(source, mine[0]?.node ?? fn)}, and what it was before cannot be told` };
    }
    if (!isNeeded && !isFlag(mine, initial.key) && !others.some((node) => keyOf(node) === initial.key)) continue;
    const other = others.find((node) => keyOf(node) !== undefined && keyOf(node) !== initial.key && !(isEmpty(keyOf(node)) && isEmpty(initial.key)));
    if (other !== undefined && !isHandle) return { node: other, why: `sets this.${field} to something else at line ${lineOf(source, other)}, and what it was before start cannot be told` };
    const branch = mine.find(({ node }) => keyOf(node) === undefined && !isSure(node, fn));
    if (branch !== undefined) return { node: branch.node, why: `sets this.${field} at line ${lineOf(source, branch.node)} only on a condition, and what it was before cannot be told` };
    resets.push({ field, ...initial, assignments: mine.map(({ node }) => node) });
  }
  return resets;
}

/** Whether an assignment is a statement of its own, in no branch. */
function isSure(node: TSESTree.Node, fn: FunctionNode): boolean {
  const path = pathTo(fn, node).slice(1, -1);
  return !path.some(({ type }) => /^(?:Conditional|Do|For|If|Logical|Switch|While)/.test(type) || type === 'CatchClause');
}

/** What a field is at first, by its declaration or its constructor, if it is a constant and the field may be set to it again. */
function initialOf(field: Field | undefined, made: readonly Assignment[], source: Source): { readonly value: string; readonly key: string } | undefined {
  if (field === undefined || field.isStatic || made.length > 1) return undefined;
  const { typeAnnotation, node } = field;
  const init = made[0]?.node.right ?? field.init;
  if (init !== undefined) {
    const key = constantKey(init);
    return key === undefined ? undefined : { value: source.text.slice(...init.range), key };
  }
  if (node.type !== 'PropertyDefinition') return undefined;
  // Under exactOptionalPropertyTypes only what says `undefined` takes it; where the class writes it, the project does not have that.
  const isLoose = node.optional && source.text.includes(`this.${keyName(node) ?? ''} = undefined`);
  const isOpen = !fileStyleOf(source).isTypeScript || typeAnnotation === undefined || (isNullable(field) && (isLoose || emptiesOf(typeAnnotation).includes('undefined')));
  return isOpen ? { value: 'undefined', key: 'undefined' } : undefined;
}

/** `this.count = this.count + 1`, `this.epoch += 1` */
function isStep({ field, node: { operator, right } }: Assignment): boolean {
  return operator !== '=' || someBelow(right, (below) => below.type === 'MemberExpression' && thisMember(below) === field);
}

/** Whether start only sets a field to constants other than what it was. */
function isFlag(assignments: readonly Assignment[], initial: string): boolean {
  return assignments.every(({ node }) => keyOf(node) !== undefined) && assignments.some(({ node }) => keyOf(node) !== initial);
}

function keyOf({ operator, right }: TSESTree.AssignmentExpression): string | undefined {
  return operator === '=' ? constantKey(right) : undefined;
}

function isEmpty(key: string | undefined): boolean {
  return key === 'null' || key === 'undefined';
}
