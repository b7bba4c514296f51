import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { methodOf } from '../flow/walk.ts';
import { refusesSurely } from '../restart/refusal.ts';
import { OBJECT, type State } from '../restart/state.ts';
import type { ClassFacts, Method, StartupFacts } from '../service.ts';
import type { Fields } from './memo-runs.ts';
import { type Failure, isPartOf } from './read-failure.ts';
import type { StartupScope } from './startup-scope.ts';

/** The flag, or the promise kept in a field, by which the next start does nothing after one that has failed. */
export function leftSetBy(failure: Failure, scope: StartupScope): StartupFacts['leftSet'] {
  const { start, node, writes } = failure;
  const { answerFrom, runFrom, world } = scope;
  if (!goesAhead(start, scope)) return undefined;
  const states = failure.ends.map((end) => withHandles(end, failure, scope));
  const answers = states.map((fields) => answerFrom(start, fields));
  if (answers.some(({ answer }) => answer !== 'refuses') || !refusesSurely(world, start, states)) return undefined;
  const memo = writes.find(({ field }) => states.every((fields) => fields.get(field)?.every((val) => val.kind === 'promise' && val.rejects) === true));
  const isSilent = states.every((fields) => runFrom(start, 'start', fields).ends.every(({ how }) => how === 'returned'));
  const tested = new Set(isSilent ? answers.flatMap(({ tests }) => tests.flatMap((one) => fieldsIn(one, world.facts))) : []);
  const write = memo ?? writes.find(({ field, raised }) => !raised && tested.has(field) && states.every((fields) => fields.has(field)));
  return write === undefined ? undefined : Object.freeze({ field: write.field, node: write.node, fails: node });
}

/** Whether the first start goes ahead, on whichever way it takes: none turns the caller away, and one comes to its end. */
function goesAhead(start: Method, { answerFrom, runFrom }: StartupScope): boolean {
  if (answerFrom(start, new Map()).answer === 'proceeds') return true;
  const { ends, cut } = runFrom(start, 'start', new Map());
  return !cut && ends.some(({ isLast }) => isLast) && ends.every(({ state, how }) => how === 'returned' && state.acted && !state.unclear);
}

/** `this.session = await connect()`: what stop closes there is something, but for what has just failed to open. */
function withHandles({ fields, trace }: State, { node, writes }: Failure, scope: StartupScope): Fields {
  const handles = [...fields].flatMap(([field, vals]) => {
    const write = writes.findLast((one) => one.field === field);
    const resource = write?.node.type === 'AssignmentExpression' && write.node.operator === '=' ? scope.resources.get(awaited(write.node.right)) : undefined;
    const isHandle = resource?.field === field && !isPartOf(resource, node, scope) && trace?.before.get(resource.node) === true && vals.every(({ kind }) => kind === 'other');
    return isHandle ? [[field, OBJECT] as const] : [];
  });
  return handles.length === 0 ? fields : new Map([...fields, ...handles]);
}

function awaited(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  return inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
}

/** The fields that a test looks at, also by way of a method or a getter. */
function fieldsIn(test: TSESTree.Node, facts: ClassFacts, isInner = false): readonly string[] {
  const fields: string[] = [];
  visit(test, (node) => {
    const field = thisMember(node);
    const asked = field === undefined || isInner ? undefined : (methodOf(facts, field)?.value ?? facts.getters.get(field));
    if (asked !== undefined) fields.push(...fieldsIn(asked, facts, true));
    else if (field !== undefined) fields.push(field);
    return undefined;
  });
  return fields;
}
