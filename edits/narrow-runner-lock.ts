import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../model/ast/this-member.ts';
import type { Method, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { boxedReads } from './boxed-reads.ts';
import { chooseLock } from './choose-lock.ts';
import { holdLockInMethod } from './hold-lock-in-method.ts';
import { holdTransition } from './hold-transition.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import { lockObstacle, type Obstacle } from './lock-obstacle.ts';
import { halfOf } from './locked-half.ts';
import { memberNamingOf } from './member-naming.ts';
import type { Change, Need } from './outcome.ts';
import { narrowHold } from './narrow-hold.ts';
import { awaits, transitionOf } from './transition-of.ts';
import { freeName } from './text/free-name.ts';
import { takenNames } from './text/taken-names.ts';

interface RunnerPlan {
  readonly changes: readonly Change[];
  readonly needs: readonly Need[];
}

/** Holds the lock of an in-place runner over its transitions only: never over the loop, nor while stop waits for its end. */
export function narrowRunnerLock(service: Service, source: Source, options: LifecycleLockOptions): Obstacle | RunnerPlan {
  const { start, stop, lock, node } = service;
  const methods = [...start.methods, ...stop.methods];
  if (lock.overLoop.length > 0) return narrowHolds(service, source, methods);
  if (methods.length > 2 || lock.holds.length > 0)
    return { node: start.main.node, why: `${start.main.name}() runs the loop itself, and more than one method starts or stops it` };
  const obstacle = lockObstacle(service, methods);
  if (obstacle !== undefined) return obstacle;
  const entry = transitionOf(source.text, start.main, start.main.value.body, methods);
  if ('why' in entry) return entry;
  const chosen = chooseLock(service, source, { ...options, style: 'delegate' });
  if ('why' in chosen) return chosen;
  const { use } = chosen;
  if (use?.form !== 'callback')
    return { node: start.main.node, why: `${start.main.name}() runs the loop itself, and the project's lock takes no callback` };
  const exits = exitRuns(start.main, entry);
  const stopped = stopChanges(service, source, use);
  if ('why' in stopped) return stopped;
  const changes = [
    ...chosen.changes,
    ...holdTransition(source, node, entry, use, namesOf(source, true)),
    ...exits.flatMap((run) => holdTransition(source, node, run, use, namesOf(source, true))),
    ...stopped,
  ];
  return { changes, needs: chosen.needs };
}

/** The holds that last while the loop runs, or while stop waits for its end, cut down to what comes before. */
function narrowHolds(service: Service, source: Source, methods: readonly Method[]): Obstacle | RunnerPlan {
  const { start, lock, node } = service;
  const changes: Change[] = [];
  for (const hold of lock.holds.filter((one) => lock.overLoop.includes(one) || one.held.some(awaits))) {
    const isStart = start.methods.includes(hold.method);
    const narrowed = narrowHold(source, node, hold, methods, namesOf(source, isStart), (rest) =>
      isStart ? undefined : boxedReads(service, source.text, hold.method, rest),
    );
    if ('why' in narrowed) return narrowed;
    changes.push(...narrowed);
  }
  return { changes, needs: [] };
}

function stopChanges(service: Service, source: Source, use: Parameters<typeof holdTransition>[3]): Obstacle | readonly Change[] {
  const { stop, node, facts } = service;
  const { main } = stop;
  if (!awaits(main.value.body)) {
    const half = halfOf(facts, memberNamingOf(facts, source), main);
    return holdLockInMethod(source, node, main, { use, style: 'delegate', half, needsHalf: false, first: undefined });
  }
  const transition = transitionOf(source.text, main, main.value.body, [main]);
  if ('why' in transition) return transition;
  const rest = main.value.body.type === 'BlockStatement' ? main.value.body.body.slice(transition.length) : [];
  const boxed = boxedReads(service, source.text, main, rest);
  return boxed !== undefined && 'why' in boxed ? boxed : holdTransition(source, node, transition, use, namesOf(source, false), boxed);
}

/** What a method calls the answer of its transition, whether to go on. */
function namesOf({ program }: Source, isStart: boolean): { readonly flag: string; readonly box: string } {
  const free = (name: string): string => freeName([name], (taken) => takenNames(program).has(taken));
  return isStart ? { flag: free('isStarted'), box: free('started') } : { flag: free('isStopping'), box: free('stopping') };
}

/** The assignments with which start leaves the loop behind: after it, or in a finally at its end. */
function exitRuns({ value: { body } }: Method, entry: readonly TSESTree.Statement[]): readonly (readonly TSESTree.Statement[])[] {
  if (body.type !== 'BlockStatement') return [];
  const rest = body.body.slice(entry.length);
  const blocks = [
    rest,
    ...rest.flatMap((statement) => (statement.type === 'TryStatement' && statement.finalizer !== null ? [statement.finalizer.body] : [])),
  ];
  return blocks.map((block) => block.filter(isFieldWrite)).filter((run) => run.length > 0 && isConsecutive(run, blocks));
}

function isFieldWrite(statement: TSESTree.Statement): boolean {
  return (
    statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'AssignmentExpression' &&
    thisMember(statement.expression.left) !== undefined &&
    !awaits(statement)
  );
}

function isConsecutive(run: readonly TSESTree.Statement[], blocks: readonly (readonly TSESTree.Statement[])[]): boolean {
  const block = blocks.find((one) => run.every((statement) => one.includes(statement))) ?? [];
  const from = run[0] === undefined ? -1 : block.indexOf(run[0]);
  return run.every((statement, index) => block[from + index] === statement);
}
