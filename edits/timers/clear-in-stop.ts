import type { TSESTree } from '@typescript-eslint/utils';
import { isTimerCall } from '../../model/ledger/is-timer-call.ts';
import type { Timer } from '../../model/ledger/ledger.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { ClassFacts, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { insertFirst } from '../flag/insert-first.ts';
import { helpersOf } from '../helpers-of.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { type Room, stopRooms } from '../stop-rooms.ts';
import { linesBefore } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { startsLine } from '../text/starts-line.ts';
import { clearing, type Handle } from './handle.ts';

/** A timer that is to be cleared first thing in stop, in the field that holds it. */
export interface Clearing {
  readonly timer: Timer;
  readonly handle: Handle;
  /** `clearInterval` */
  readonly call: string;
}

/** Clears timers before anything else in stop, so that neither an early return nor a failure can skip it. */
export function clearInStop(service: Service, source: Source, clearings: readonly Clearing[]): Obstacle | readonly Change[] {
  const rooms = stopRooms(service);
  if ('why' in rooms) return rooms;
  const { semicolon } = fileStyleOf(source);
  const changes: Change[] = [];
  for (const room of rooms) {
    const lines: string[] = [];
    const mentioned = mentionedIn(service, room);
    for (const { timer, handle, call } of clearings) {
      const drop = mentioned.has(handle.name) ? '' : dropOf(service, source, handle);
      if (typeof drop === 'object') return drop;
      lines.push(...new Set([clearing(handle, call) + semicolon, ...(drop === '' ? [] : [drop + semicolon])].filter((line) => !lines.includes(line))));
      changes.push(...removals(source, room, timer));
    }
    changes.push(...insertFirstIn(service, source, room, lines));
  }
  return changes;
}

const mentions = new WeakMap<ClassFacts, Map<string, ReadonlySet<string>>>();

/** What stop itself still looks at; each timer that is to be cleared asks for it. */
function mentionedIn({ facts }: Service, { method }: Room): ReadonlySet<string> {
  const ofClass = mentions.get(facts) ?? new Map<string, ReadonlySet<string>>();
  mentions.set(facts, ofClass);
  const known = ofClass.get(method.name);
  if (known !== undefined) return known;
  const names = new Set<string>();
  ofClass.set(method.name, names);
  for (const { value } of helpersOf(facts, method.name)) {
    visit(value.body, (below) => {
      const name = thisMember(below);
      if (name !== undefined) names.add(name);
      return undefined;
    });
  }
  return names;
}

/** What empties the field, where something looks at it and stop does not write it. */
function dropOf({ node }: Service, { text }: Source, { name, empty }: Handle): Obstacle | string {
  if (empty !== undefined) return `this.${name} = ${empty}`;
  const read = readIn(node, name);
  if (read === undefined) return '';
  return { node: read, why: `looks at this.${name}, whose type has no room for a handle that is gone: ${text.slice(...read.range)}` };
}

/** A place that looks whether the field holds something. */
function readIn(node: TSESTree.Node, name: string): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  visit(node, (below) => {
    if (below.type === 'AssignmentExpression' && thisMember(below.left) === name && isSet(below.right)) return 'skip';
    if (below.type === 'MemberExpression' && thisMember(below) === name) found ??= below;
    return undefined;
  });
  return found;
}

/** `setInterval(…)`, also with something behind it: `.unref()`. */
function isSet(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression') return false;
  const callee = unwrap(inner.callee);
  return isTimerCall(inner) || (callee.type === 'MemberExpression' && isSet(callee.object));
}

function insertFirstIn({ node }: Service, source: Source, { block, statements }: Room, lines: readonly string[]): readonly Change[] {
  const [first] = statements;
  if (first === undefined || statements.length === block.body.length) return insertFirst(source.text, node, block, lines);
  const [start] = first.range;
  return [{ start, end: start, text: linesBefore(source, start, lines) }];
}

/** The line that clears the timer too late, where it stands by itself in the room. */
function removals({ text, comments }: Source, { statements }: Room, { releases, obstacle }: Timer): readonly Change[] {
  if (obstacle === undefined) return [];
  return releases.flatMap(({ node, isInStop }) => {
    const statement = isInStop ? statements.find((one) => isOnly(one, node)) : undefined;
    if (statement === undefined) return [];
    const [start, end] = lineOf(text, statement.range);
    const isAlone = startsLine(text, statement.range[0]) && /^\s*$/.test(text.slice(statement.range[1], end));
    const isTold = comments.some(({ range }) => range[1] > start && range[0] < end);
    return isAlone && !isTold ? [{ start, end, text: '' }] : [];
  });
}

/** `clearInterval(this.timer);`, `if (this.timer) clearInterval(this.timer);` */
function isOnly(statement: TSESTree.Statement, call: TSESTree.Node): boolean {
  if (statement.type === 'ExpressionStatement') return unwrap(statement.expression) === call;
  if (statement.type !== 'IfStatement' || statement.alternate !== null) return false;
  const { consequent } = statement;
  if (consequent.type !== 'BlockStatement') return isOnly(consequent, call);
  return consequent.body.length === 1 && consequent.body.every((one) => isOnly(one, call));
}

function lineOf(text: string, [from, to]: readonly [number, number]): readonly [number, number] {
  const end = text.indexOf('\n', to);
  return [text.lastIndexOf('\n', from - 1) + 1, end === -1 ? text.length : end + 1];
}
