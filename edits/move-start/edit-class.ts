import type { TSESTree } from '@typescript-eslint/utils';
import { isRequired } from '../../model/read-sides.ts';
import { methodOf } from '../../model/flow/walk.ts';
import type { ClassFacts, ConstructorStart, Method, Service } from '../../model/service.ts';
import { sideNames } from '../../model/side-names.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { cutConstructor } from './cut-constructor.ts';
import { cutCall, cutSpan, isDirective, withComments } from './cut-statement.ts';
import { loosenField } from './loosen-field.ts';
import { movedLines } from './moved-lines.ts';
import { movedObstacle, type MovedUnit } from './moved-obstacle.ts';
import { companionsOf, orderObstacle } from './order-obstacle.ts';
import { leadingGuards, putInStart } from './put-in-start.ts';
import { type Obstacle, type StartUnit, startUnit } from './start-unit.ts';
import { waitsForOthers } from './waits-for-others.ts';

/** A class that begins nothing any more while it is constructed. */
export interface ClassEdit {
  readonly kind: 'edit';
  readonly changes: readonly Change[];
  /** What callers have to call now. */
  readonly entry: Method;
  /** Whether the constructor has called that, so that every instance was started. */
  readonly wasStarted: boolean;
  /** Whether a second call before a stop would begin again what was moved there. */
  readonly beginsTwice: boolean;
  readonly added: string;
}

export interface ClassLeft {
  readonly kind: 'left';
  readonly left: readonly [Obstacle, ...Obstacle[]];
}

/** Takes what the constructor begins out of it, and puts what is not start itself into start. `heirs`: all classes that extend it. */
export function editClass(service: Service, source: Source, begun: readonly ConstructorStart[], heirs: readonly ClassFacts[]): ClassEdit | ClassLeft {
  const { facts, start } = service;
  const starts = sideNames(start);
  const read = begun.map((one) => startUnit(one, facts, starts));
  const [bad, ...more] = read.filter((one): one is Obstacle => 'why' in one);
  if (bad !== undefined) return { kind: 'left', left: [bad, ...more] };
  const found = read.filter((one): one is StartUnit => 'kind' in one);
  const own = found.filter(({ node }, index) => found.findIndex((other) => other.node === node) === index);
  const units = [...own, ...companionsOf(own, facts)].sort((a, b) => a.node.range[0] - b.node.range[0]);
  const calls = units.flatMap((unit) => (unit.kind === 'call' ? [unit.method] : []));
  const entry = methodOf(facts, calls[0] ?? start.main.name) ?? start.main;
  const moved = units.filter((unit): unit is MovedUnit => unit.kind !== 'call');
  const obstacle =
    entryObstacle(service, entry, { calls, moved }) ??
    orderObstacle(units, facts, entry, starts, heirs) ??
    moved.map((unit) => movedObstacle(unit, service, source.program, entry, heirs)).find((why) => why !== undefined);
  if (obstacle !== undefined) return { kind: 'left', left: [obstacle] };
  const changes = changesFor(source, service, entry, units, moved);
  if ('why' in changes) return { kind: 'left', left: [changes] };
  if (losesComment(changes, source)) return { kind: 'left', left: [{ node: found[0]?.node ?? facts.node, why: 'a comment inside what is taken out would be lost' }] };
  return { kind: 'edit', changes, entry, wasStarted: calls.length > 0, beginsTwice: moved.length > 0 && !turnsAway(entry), added: moved.length === 0 ? `${entry.name}() by whoever constructs it` : `what its constructor began, in ${entry.name}()` };
}

function turnsAway({ value: { body } }: Method): boolean {
  return body.type === 'BlockStatement' && leadingGuards(body).some(({ type }) => type === 'IfStatement');
}

function entryObstacle(service: Service, entry: Method, { calls, moved }: { readonly calls: readonly string[]; readonly moved: readonly MovedUnit[] }): Obstacle | undefined {
  const { facts, kind, runsInPlace, start } = service;
  const { name, node, value } = entry;
  if (new Set(calls).size > 1) return { node, why: `its constructor calls ${[...new Set(calls)].map((call) => `${call}()`).join(' and ')}, and who constructs it would have to call both` };
  if (kind === 'host-serialised') return { node, why: `${name}() is called by its framework` };
  if (value.params.some(isRequired)) return { node, why: `${name}() needs an argument, which who constructs it may not have` };
  if (moved.length > 0 && entry !== start.main) return { node, why: `the rest of what its constructor begins belongs in ${start.main.name}(), which is not what its constructor calls` };
  if (calls.length > 0 && runsInPlace !== 'no') return { node, why: `${name}() only returns when the service is stopped, so nobody can wait for it where it is constructed` };
  const waiting = calls.length > 0 ? waitsForOthers(entry, facts) : undefined;
  return waiting && { node: waiting, why: `${name}() waits here for something that another method may have to bring about, and who waits for ${name}() would never come to that` };
}

function changesFor(source: Source, service: Service, entry: Method, units: readonly StartUnit[], moved: readonly MovedUnit[]): readonly Change[] | Obstacle {
  const { facts } = service;
  const lines: string[] = [];
  const fields: Change[] = [];
  for (const unit of moved) {
    const own = movedLines(source, unit);
    const loosened = loosenField(source, facts, unit);
    if ('why' in own) return own;
    if ('why' in loosened) return loosened;
    lines.push(...own);
    for (const change of loosened) if (!fields.some((known) => JSON.stringify(known) === JSON.stringify(change))) fields.push(change);
  }
  const put = lines.length === 0 ? [] : putInStart(source, service, entry, lines);
  if ('why' in put) return put;
  return [...cutUnits(source, facts, units), ...fields, ...put];
}

function cutUnits(source: Source, facts: ClassFacts, units: readonly StartUnit[]): readonly Change[] {
  const cut = units.flatMap((unit): Change[] => {
    if (unit.kind === 'field') return [];
    return [unit.kind === 'call' ? cutCall(source, unit.node) : cutSpan(source.text, withComments(source, unit.node))];
  });
  const whole = cutConstructor(source, facts, units.map(({ node }): TSESTree.Node => node), cut);
  return whole === undefined ? cut : [whole];
}

/** What goes with a statement into start is not lost. */
function losesComment(changes: readonly Change[], { comments, text }: Source): boolean {
  const put = changes.map((change) => change.text).join('\n');
  return comments.some((comment) => changes.some(({ start, end }) => start <= comment.range[0] && comment.range[1] <= end) && !isDirective(comment) && !put.includes(text.slice(...comment.range)));
}
