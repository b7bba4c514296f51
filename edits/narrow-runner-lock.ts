import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { thisRoot } from '../model/ast/this-root.ts';
import type { Method, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { chooseLock } from './choose-lock.ts';
import { holdLockInMethod } from './hold-lock-in-method.ts';
import { holdTransition } from './hold-transition.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import { lockObstacle, type Obstacle } from './lock-obstacle.ts';
import { halfOf } from './locked-half.ts';
import { memberNamingOf } from './member-naming.ts';
import type { Change, Need } from './outcome.ts';
import { returnsIn } from './returns-in.ts';
import { freeName } from './text/free-name.ts';
import { startsLine } from './text/starts-line.ts';
import { takenNames } from './text/taken-names.ts';

interface RunnerPlan {
  readonly changes: readonly Change[];
  readonly needs: readonly Need[];
}

/** Holds the lock of an in-place runner over its transitions only: never over the loop, nor while stop waits for its end. */
export function narrowRunnerLock(service: Service, source: Source, options: LifecycleLockOptions): Obstacle | RunnerPlan {
  const { start, stop, lock, node } = service;
  const methods = [...start.methods, ...stop.methods];
  const [over] = lock.overLoop;
  if (over !== undefined) return { node: over.node, why: `${over.method.name}() holds ${over.lock.key} while the loop runs, and what has to stay under it cannot be told` };
  if (methods.length > 2 || lock.holds.length > 0) return { node: start.main.node, why: `${start.main.name}() runs the loop itself, and more than one method starts or stops it` };
  const obstacle = lockObstacle(service, methods);
  if (obstacle !== undefined) return obstacle;
  const entry = transitionOf(start.main, source, methods);
  if ('why' in entry) return entry;
  const chosen = chooseLock(service, source, { ...options, style: 'delegate' });
  if ('why' in chosen) return chosen;
  const { use } = chosen;
  if (use?.form !== 'callback') return { node: start.main.node, why: `${start.main.name}() runs the loop itself, and the project's lock takes no callback` };
  const exits = exitRuns(start.main, entry);
  const stopped = stopChanges(service, source, use);
  if ('why' in stopped) return stopped;
  const changes = [
    ...chosen.changes,
    ...holdTransition(source, node, entry, use, flagName(source, 'isStarted')),
    ...exits.flatMap((run) => holdTransition(source, node, run, use, '')),
    ...stopped,
  ];
  return { changes, needs: chosen.needs };
}

function stopChanges(service: Service, source: Source, use: Parameters<typeof holdTransition>[3]): Obstacle | readonly Change[] {
  const { stop, node, facts } = service;
  const { main } = stop;
  if (!someBelow(main.value.body, isAwait, isFunction)) {
    const half = halfOf(facts, memberNamingOf(facts, source), main);
    return holdLockInMethod(source, node, main, { use, style: 'delegate', half, needsHalf: false, first: undefined });
  }
  const transition = transitionOf(main, source, [main]);
  return 'why' in transition ? transition : holdTransition(source, node, transition, use, flagName(source, 'isStopping'));
}

function isAwait({ type }: TSESTree.Node): boolean {
  return type === 'AwaitExpression';
}

function flagName({ program }: Source, name: string): string {
  return freeName([name], (taken) => takenNames(program).has(taken));
}

/** The statements with which a method changes the object's state before it first waits. */
function transitionOf({ name, node, value: { body } }: Method, { text }: Source, methods: readonly Method[]): Obstacle | readonly TSESTree.Statement[] {
  const leave = (why: string): Obstacle => ({ node, why: `${name}() runs the loop or waits for its end, and ${why}` });
  if (body.type !== 'BlockStatement') return leave('has no body to divide');
  const end = body.body.findIndex((statement) => statement.type.startsWith('For') || statement.type === 'WhileStatement' || someBelow(statement, isAwait, isFunction));
  const before = body.body.slice(0, end === -1 ? body.body.length : end);
  const [first] = before;
  if (first === undefined || !before.some(writesState)) return leave('does not change its state before that');
  if (before.some(({ type }) => type.endsWith('Declaration'))) return leave('declares names before that which it may need later');
  if (returnsIn(before).some(({ argument }) => argument !== null)) return leave('may return a value before that');
  if (before.some((statement) => callsAny(statement, methods))) return leave('calls its own lifecycle methods before that');
  if (!before.every(({ range: [start] }) => startsLine(text, start))) return leave('does not stand on lines of its own');
  return before;
}

function writesState(statement: TSESTree.Statement): boolean {
  return someBelow(statement, (node) => {
    if (node.type === 'AssignmentExpression') return thisRoot(node.left) !== undefined;
    return node.type === 'CallExpression' && thisRoot(node.callee) !== undefined;
  }, isFunction);
}

function callsAny(statement: TSESTree.Statement, methods: readonly Method[]): boolean {
  return someBelow(statement, (node) => methods.some(({ name }) => name === thisMember(node)));
}

/** The assignments with which start leaves the loop behind: after it, or in a finally at its end. */
function exitRuns({ value: { body } }: Method, entry: readonly TSESTree.Statement[]): readonly (readonly TSESTree.Statement[])[] {
  if (body.type !== 'BlockStatement') return [];
  const rest = body.body.slice(entry.length);
  const blocks = [rest, ...rest.flatMap((statement) => (statement.type === 'TryStatement' && statement.finalizer !== null ? [statement.finalizer.body] : []))];
  return blocks.map((block) => block.filter(isFieldWrite)).filter((run) => run.length > 0 && isConsecutive(run, blocks));
}

function isFieldWrite(statement: TSESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' && thisMember(statement.expression.left) !== undefined && !someBelow(statement, isAwait);
}

function isConsecutive(run: readonly TSESTree.Statement[], blocks: readonly (readonly TSESTree.Statement[])[]): boolean {
  const block = blocks.find((one) => run.every((statement) => one.includes(statement))) ?? [];
  const from = run[0] === undefined ? -1 : block.indexOf(run[0]);
  return run.every((statement, index) => block[from + index] === statement);
}
