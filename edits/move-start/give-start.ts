import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { ClassFacts, ConstructorStart } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { carriedLocals } from './carried-locals.ts';
import { carriedStatements } from './carried.ts';
import { cutConstructor } from './cut-constructor.ts';
import { cutCall, cutSpan } from './cut-statement.ts';
import { isInert } from './is-inert.ts';
import { loosenField } from './loosen-field.ts';
import { movedText, type Run, runsOf } from './moved-text.ts';
import type { NewStart } from './new-start-name.ts';
import { type AtOnce, isTimerCall, runAtOnce } from './run-at-once.ts';
import { startMethod } from './start-method.ts';
import type { Obstacle } from './start-unit.ts';

export interface GivenStart {
  readonly changes: readonly Change[];
  /** What happens at the start, as far as the order of things may matter. */
  readonly atOnce: AtOnce;
}

export interface GivingStart {
  readonly begun: readonly ConstructorStart[];
  readonly facts: ClassFacts;
  readonly source: Source;
  readonly start: NewStart;
  /** Whether nothing of the family has a member of that name. */
  readonly isFree: (name: string) => boolean;
}

interface FieldStart {
  readonly node: TSESTree.PropertyDefinition;
  readonly value: TSESTree.Expression;
  readonly field: string;
}

/** Takes what the constructor begins into a method of its own, which does the same at once when it is called right after the construction. */
export function giveStart({ begun, facts, isFree, source, start }: GivingStart): GivenStart | Obstacle {
  const fields = fieldStarts(begun, facts);
  if ('why' in fields) return fields;
  const statements = carriedStatements(begun, facts, source);
  if ('why' in statements) return statements;
  const carried = carriedLocals(statements, facts, source, isFree);
  if ('why' in carried) return carried;
  const { gone, kept, renamed } = carried;
  const obstacle = fields.map((one) => fieldObstacle(one, gone, facts, source)).find((why) => why !== undefined) ?? startObstacle(start, gone, fields);
  if (obstacle !== undefined) return obstacle;
  const loosened = looserFields(source, facts, fields, gone);
  if ('why' in loosened) return loosened;
  const lines = fields.map(({ field, value }) => [`this.${field} = ${source.text.slice(...value.range)}${fileStyleOf(source).semicolon}`]);
  const runs = runsOf(gone, facts.constructorNode?.value.body?.body ?? [], source);
  const moved = runs.map((run) => movedText(source, run, renamed));
  const bad = moved.find((one) => 'why' in one);
  if (bad !== undefined && 'why' in bad) return bad;
  const method = start.method === undefined ? startMethod(source, facts, start.name, [...lines, ...moved.flatMap((one) => ('why' in one ? [] : [one]))].flat()) : opened(source, facts, start.method.node);
  if (method !== undefined && 'why' in method) return method;
  const changes = [...cutRuns(source, facts, runs, start), ...loosened, ...kept, ...(method === undefined ? [] : [method])];
  const values = fields.map(({ value }) => value);
  const { members, ...atOnce } = runAtOnce([...values, ...gone], facts, source.program);
  return { changes, atOnce: { ...atOnce, members: new Set([...members, ...carried.fields, ...fields.map(({ field }) => field)]) } };
}

/** Its own start() can be called by others only for what it has done up to now: all that goes. */
function startObstacle({ method, name }: NewStart, gone: readonly TSESTree.Statement[], fields: readonly FieldStart[]): Obstacle | undefined {
  if (method === undefined) return undefined;
  const [other] = [...fields.map(({ node }) => node), ...gone.filter((statement) => !isCallOf(statement, name))];
  return other && { node: other, why: `it would have to go with ${name}(), which others may call as well` };
}

function isCallOf(statement: TSESTree.Statement, name: string): boolean {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return call?.type === 'CallExpression' && call.arguments.length === 0 && !call.optional && thisMember(call.callee) === name;
}

function fieldStarts(begun: readonly ConstructorStart[], { node: { body } }: ClassFacts): readonly FieldStart[] | Obstacle {
  const found: FieldStart[] = [];
  for (const { node, text } of begun) {
    const member = body.body.find((one) => contains(one, node));
    if (member?.type === 'StaticBlock') return { node, why: `${text} runs when the module is loaded, for no instance` };
    if (member?.type !== 'PropertyDefinition') continue;
    const field = keyName(member);
    if (member.value === null || field === undefined || member.computed || member.static || member.declare) return { node, why: `${text} stands in a field that cannot be set later` };
    if (member.decorators.length > 0) return { node, why: `${field} is decorated, and what that does with its value cannot be told` };
    found.push({ node: member, value: member.value, field });
  }
  return found;
}

/** Only a timer can begin later than the fields and statements that follow it: nothing of it runs before they are over. */
function fieldObstacle({ field, node, value }: FieldStart, gone: readonly TSESTree.Statement[], facts: ClassFacts, { program }: Source): Obstacle | undefined {
  if (value.type !== 'CallExpression' || !isTimerCall(value) || !value.arguments.every(isInert)) return { node, why: `${field} would begin after the rest of the construction, which may count on it` };
  const others = facts.node.body.body.filter((member) => member !== node && member.type === 'PropertyDefinition' && !member.static && member.value !== null);
  const rest = (facts.constructorNode?.value.body?.body ?? []).filter((statement) => !gone.includes(statement));
  const read = runAtOnce([value], facts, program).members;
  const { isOpen, members } = runAtOnce([...others, ...rest], facts, program);
  if (isOpen || members.has(field)) return { node, why: `the rest of the construction may use ${field}` };
  const changed = [...read].find((name) => members.has(name));
  return changed === undefined ? undefined : { node, why: `the rest of the construction may change this.${changed}, which it reads` };
}

function looserFields(source: Source, facts: ClassFacts, fields: readonly FieldStart[], gone: readonly TSESTree.Statement[]): readonly Change[] | Obstacle {
  const changes: Change[] = [];
  const set = gone.flatMap((statement) => setIn(statement)).filter(({ field }, index, all) => all.findIndex((one) => one.field === field) === index);
  const units = [...fields.map((one) => ({ kind: 'field' as const, ...one })), ...set.filter(({ field }) => needsLoosening(field, facts))];
  for (const unit of units) {
    const loosened = loosenField(source, facts, unit);
    if ('why' in loosened) return loosened;
    changes.push(...loosened);
  }
  return changes;
}

interface SetStatement {
  readonly kind: 'statement';
  readonly node: TSESTree.ExpressionStatement;
  readonly value: TSESTree.Expression;
  readonly field: string;
}

/** The fields that are set in the code of the constructor itself. */
function setIn(statement: TSESTree.Statement): readonly SetStatement[] {
  const found: SetStatement[] = [];
  someBelow(statement, (node) => {
    const set = node.type === 'ExpressionStatement' ? node.expression : undefined;
    const field = set?.type === 'AssignmentExpression' ? thisMember(set.left) : undefined;
    if (node.type === 'ExpressionStatement' && set?.type === 'AssignmentExpression' && field !== undefined) found.push({ kind: 'statement', node, value: set.right, field });
    return false;
  }, isFunction);
  return found;
}

/** A field with a value of its own has one before start too. */
function needsLoosening(field: string, facts: ClassFacts): boolean {
  const declared = facts.fields.get(field)?.node;
  return declared?.type !== 'PropertyDefinition' || declared.value === null || declared.readonly;
}

function cutRuns(source: Source, facts: ClassFacts, runs: readonly Run[], { method }: NewStart): readonly Change[] {
  const { constructorNode, node } = facts;
  const gone = runs.flatMap(({ statements }) => statements);
  const cut = runs.map((run) => trimmed(source.text, run, constructorNode, method === undefined ? cutSpan(source.text, run) : cutAll(source, run)));
  const isLast = constructorNode !== undefined && node.body.body.at(-1) === constructorNode;
  const whole = isLast ? undefined : cutConstructor(source, facts, gone, cut);
  return whole === undefined ? cut : [whole];
}

/** What is written about the call of a method stays. */
function cutAll(source: Source, { statements }: Run): Change {
  const cuts = statements.map((statement) => cutCall(source, statement));
  const [first, last] = [cuts[0], cuts.at(-1)];
  return { start: first?.start ?? 0, end: last?.end ?? 0, text: '' };
}

/** The blank line before it goes too, where nothing of the constructor follows. */
function trimmed(text: string, { statements }: Run, constructorNode: ClassFacts['constructorNode'], change: Change): Change {
  const isLast = constructorNode?.value.body?.body.at(-1) === statements.at(-1);
  if (!isLast || !/^[\t ]*\}/.test(text.slice(change.end))) return change;
  const before = /\n((?:[\t ]*\r?\n)+)$/.exec(text.slice(0, change.start))?.[1] ?? '';
  return { ...change, start: change.start - before.length };
}

/** `private start()` can be called by nobody else, and has to be from now on. */
function opened({ text }: Source, { node: { body } }: ClassFacts, { accessibility, range: [start], key }: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): Change | undefined {
  if (accessibility !== 'private' && accessibility !== 'protected') return undefined;
  const found = /\b(?:private|protected)\s+/.exec(text.slice(start, key.range[0]));
  const isSaid = body.body.some((member) => member.type === 'MethodDefinition' && member.accessibility === 'public');
  return found === null ? undefined : { start: start + found.index, end: start + found.index + found[0].length, text: isSaid ? 'public ' : '' };
}
