import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../model/ast/contains.ts';
import { lineOf } from '../model/line-of.ts';
import { managesItself } from '../model/manages-itself.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change, Outcome } from './outcome.ts';
import { assignmentsIn } from './startup/assignments-in.ts';
import { canUseStack } from './startup/can-use-stack.ts';
import { failuresIn } from './startup/failures-in.ts';
import { fieldsToReset, type Reset } from './startup/fields-to-reset.ts';
import { halfDone } from './startup/half-done.ts';
import { type Place, placeOfAcquired } from './startup/place-of-acquired.ts';
import { type Region, regionOf } from './startup/region-of.ts';
import { releasesAgain } from './startup/releases-again.ts';
import type { Undo } from './startup/undo-of.ts';
import { undosOf } from './startup/undos-of.ts';
import { writeRollback } from './startup/write-rollback.ts';
import { writeStack } from './startup/write-stack.ts';

/** Lets a start that fails halfway give back what it has, the last first, and throw on. Undefined where it leaves nothing behind. */
export function addStartupRollback(service: Service, source: Source, options: LifecycleLockOptions): Outcome | undefined {
  const { rolledBack, leftSet } = service.startup;
  if (!managesItself(service) || (rolledBack !== 'no' && leftSet === undefined)) return undefined;
  const undos: Obstacle | readonly Undo[] = rolledBack === 'no' ? undosOf(service, source) : [];
  if ('why' in undos) return { kind: 'leftover', ...undos };
  const place = undos[0]?.place ?? placeOfFlag(service, source);
  if ('why' in place) return { kind: 'leftover', ...place };
  const changes = rollBack(service, source, place, undos, canUseStack(source, options));
  return 'why' in changes ? { kind: 'leftover', ...changes } : { kind: 'edit', changes, safety: 'review', added: 'startup rollback', needs: [] };
}

/** Where nothing is left but a flag. */
function placeOfFlag(service: Service, source: Source): Obstacle | Place {
  const { start, startup, runsInPlace } = service;
  const { leftSet } = startup;
  if (leftSet === undefined || runsInPlace !== 'no') return { node: start.main.node, why: `${start.main.name}() lasts as long as the service runs` };
  return placeOfAcquired(service, source, leftSet.node, `this.${leftSet.field}`);
}

function rollBack(service: Service, source: Source, { fn, statement }: Place, undos: readonly Undo[], hasStack: boolean): Obstacle | readonly Change[] {
  const resets = fieldsToReset(service, source, fn, undos);
  if ('why' in resets) return resets;
  const region = regionOf(source, fn, [statement, ...undos.map(({ place }) => place.statement), ...failuresIn(service, fn)], resets);
  if ('why' in region) return region;
  const cleared = region.tried === undefined ? [] : assignmentsIn(region.tried.handler.body).map(({ field }) => field);
  const set = resets.filter(({ field, assignments }) => !cleared.includes(field) && assignments.some((node) => isIn(region, node) && !isLastDone(region, node)));
  const obstacle = workObstacle(service, source, fn, region) ?? halfDone(service, source, fn, region, undos) ?? againObstacle(service, source, undos, resets);
  if (obstacle !== undefined) return obstacle;
  const rollback = { fn, region, undos, resets: set };
  // For a flag alone, a stack is too much.
  const stack = hasStack && undos.length > 0 ? writeStack(service, source, rollback) : undefined;
  return stack ?? writeRollback(service, source, rollback);
}

function isIn({ first, last }: Region, node: TSESTree.Node): boolean {
  return first.range[0] <= node.range[0] && node.range[1] <= last.range[1];
}

/** After which nothing can fail. */
function isLastDone({ last }: Region, node: TSESTree.Node): boolean {
  return last.type === 'ExpressionStatement' && last.expression === node;
}

/** Work that goes on would go on with what has been given back. */
function workObstacle(service: Service, source: Source, fn: Place['fn'], region: Region): Obstacle | undefined {
  const last = failuresIn(service, fn).at(-1)?.range[0] ?? 0;
  const task = service.ledger.tasks.find(({ node, isBrief }) => !isBrief && contains(fn, node) && isIn(region, node) && node.range[0] < last);
  return task && { node: task.node, why: `begins ${task.text} at line ${lineOf(source, task.node)}, for which a rollback would have to wait` };
}

/** Callers may stop what they could not start. */
function againObstacle(service: Service, source: Source, undos: readonly Undo[], resets: readonly Reset[]): Obstacle | undefined {
  const known = new Map(resets.map(({ field, key }) => [field, key]));
  const again = undos.find((undo) => releasesAgain(service, undo, known));
  if (again === undefined) return undefined;
  const { main } = service.stop;
  const line = lineOf(source, again.release);
  return { node: again.release, why: `${main.name}() would do ${again.name} at line ${line} a second time after a start that was rolled back: let it ask first whether there is anything to stop` };
}
