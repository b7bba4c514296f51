import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Drain, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { DrainSite } from '../mark-unrestartable.ts';
import type { Change } from '../outcome.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { startsLine } from '../text/starts-line.ts';
import { extendTry, type Marking } from './catch-clause.ts';
import { enclosingTry, isLastOf, type Place, placeOf } from './place-of.ts';
import { runOf, wrapInTry } from './wrap-in-try.ts';

/** Sets the flag where a drain's timeout comes out: in the catch that is there, else in one round the drains of the same function. */
export function catchTimeouts(service: Service, source: Source, sites: readonly DrainSite[], marking: Marking): Obstacle | readonly Change[] {
  const places: Place[] = [];
  for (const { drain, isMadeAsync = false } of sites) {
    const place = placeOf(service.facts, drain);
    const obstacle = place === undefined ? { node: drain.node, why: `waits in ${drain.method}(), which is not in this class` } : placeObstacle(service, source, place, drain, isMadeAsync);
    if (obstacle !== undefined) return obstacle;
    if (place !== undefined) places.push(place);
  }
  const before: Change[] = places.flatMap((place) => awaitsReturn(place));
  const after: Change[] = [];
  const extended: { readonly statement: TSESTree.TryStatement; readonly changes: readonly Change[] }[] = [];
  const wrapped: (readonly TSESTree.Statement[])[] = [];
  const tries = new Map(places.flatMap((place) => [[enclosingTry(place, service.lock), place] as const]));
  for (const [statement, place] of tries) {
    if (statement === undefined) continue;
    const changes = extendTry(source, service.node, statement, isLastOf(place, statement), marking);
    if ('why' in changes) return changes;
    extended.push({ statement, changes });
  }
  const open = places.filter((place) => enclosingTry(place, service.lock) === undefined);
  for (const host of new Set(open.map((place) => place.host))) {
    const statements = statementsOf(open.filter((place) => place.host === host));
    if (statements === undefined) return { node: host, why: 'waits in a function without a block, which has no place for a catch' };
    const wrapping = wrapInTry(source, service.node, statements, marking);
    const [first] = statements;
    if (first !== undefined && startsLine(source.text, first.range[0])) wrapped.push(statements);
    before.push(...wrapping.before);
    after.push(...wrapping.after);
  }
  for (const { statement, changes } of extended) {
    const isIndented = wrapped.some((statements) => statements.some((outer) => contains(outer, statement)));
    after.unshift(...(isIndented ? indented(changes, source.text, indentUnit(source.text, service.node)) : changes));
  }
  return [...before, ...sites.flatMap(({ inside }) => inside), ...after];
}

/** What is put into a try that is itself wrapped moves to the right with it; what only keeps others from that is left out. */
function indented(changes: readonly Change[], text: string, unit: string): readonly Change[] {
  return changes.flatMap((change) => (change.text === text.slice(change.start, change.end) ? [] : [{ ...change, text: change.text.replaceAll('\n', `\n${unit}`) }]));
}

function placeObstacle({ lock }: Service, source: Source, { node, method, host }: Place, { deadline }: Drain, isMadeAsync: boolean): Obstacle | undefined {
  const where = `the drain in ${method.name}() at line ${lineOf(source, node)}`;
  const leave = (why: string): Obstacle => ({ node, why: `${where} ${why}` });
  const isHeld = lock.holds.some(({ held }) => held.some((part) => part === host || part === host.body));
  if (host !== method.value && !isHeld) return leave('stands in a callback, and who gets its error cannot be told');
  if (!host.async && !isMadeAsync) return leave('is handed on as a promise by a function that is not async, where nothing can catch its timeout');
  if (host.generator) return leave('stands in a generator');
  if (isLoop(node)) return leave('is a loop that a clock ends, and what it leaves behind cannot be told');
  return deadline !== undefined && someBelow(node, (part) => isHandler(part, deadline.node)) ? leave('has its timeout caught by a callback') : undefined;
}

/** `limited.catch(…)` */
function isHandler(node: TSESTree.Node, deadline: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return ['catch', 'then'].includes(memberName(node.callee) ?? '') && contains(node.callee.object, deadline);
}

/** `return promise` leaves a try before the promise rejects. */
function awaitsReturn({ node, path }: Place): readonly Change[] {
  const inner = unwrap(node);
  const isReturned = path.some((part) => part.type === 'ReturnStatement' && part.argument !== null && unwrap(part.argument) === inner);
  const statement = node.type === 'ReturnStatement' ? node.argument : isReturned && inner.type !== 'AwaitExpression' ? node : null;
  return statement === null || unwrap(statement).type === 'AwaitExpression' ? [] : [{ start: statement.range[0], end: statement.range[0], text: 'await ' }];
}

/** What to put into one try: the statements with the drains, in the innermost block that has them all. */
function statementsOf(places: readonly Place[]): readonly TSESTree.Statement[] | undefined {
  const [first] = places;
  const block = first?.path.findLast(
    (part): part is TSESTree.BlockStatement => part.type === 'BlockStatement' && places.every(({ path }) => path.includes(part)),
  );
  if (block === undefined) return undefined;
  const wanted = places.flatMap(({ path }) => block.body.filter((statement) => path.includes(statement)));
  return runOf(block.body, wanted);
}
