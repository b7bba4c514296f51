import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { around } from '../../model/ast/parents.ts';
import type { DeadlineCall } from '../deadline/deadline-call.ts';
import { caughtNameOf } from '../flag/caught-name.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { linesBefore } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { eolAt } from '../text/eol-at.ts';
import { indentAt } from '../text/indent-at.ts';
import { reindent } from '../text/reindent.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { keepRest } from './keep-rest.ts';
import type { CaptureScope } from './exit-promise.ts';
import type { KillSite, Surroundings } from './kill-site.ts';
import { type Level, levelsFrom } from './levels.ts';
import { isBareStatement, type Receiver } from './receiver.ts';
import { lateKillLines, type WaitLines, type WaitParts, waitLines } from './wait-lines.ts';

export interface Mending extends Surroundings, CaptureScope {
  readonly call: DeadlineCall;
  /** The expression for the milliseconds. */
  readonly limit: string;
  /** What is set where not even SIGKILL helps. */
  readonly flag: string | undefined;
}

/** What is to be put after a statement. */
export interface Wanted {
  /** The promise of the exit. */
  readonly exited: string;
  /** Lines before the wait. */
  readonly before: readonly string[];
  /** Lines before the first signal, where something else is waited for in between. */
  readonly ahead?: readonly string[];
  /** Who is sent SIGKILL; undefined where something else sees to that. */
  readonly receiver: Receiver | undefined;
  /** What something else sends SIGKILL after, as `5_000 + `; else empty. */
  readonly delay: string;
  /** Whether the statement waits already, for as long as it is to. */
  readonly isLate: boolean;
}

/** Puts the wait after a statement, and what follows that into a `finally`. The first change is that after the statement itself. */
export function placeWait(site: KillSite, anchor: TSESTree.Statement, wanted: Wanted, mending: Mending): readonly Change[] | Obstacle {
  const { source, code, unit } = mending;
  const leave = (why: string): Obstacle => ({ node: site.kill.node, why });
  const levels = levelsFrom(anchor, site.fn, code);
  if (levels === undefined) return leave(`what follows the signal in ${site.place} returns something, and has to come to its end although the process does not`);
  const [first] = levels;
  const own = first?.statement === anchor ? first : undefined;
  const outside = own === undefined ? levels : levels.slice(1);
  const { receiver, before } = wanted;
  const isBare = isBareStatement(anchor, code);
  const line = isBare ? (code.parents.get(anchor) ?? anchor) : anchor;
  const bare = isBare ? { start: anchor.range[0], before: receiver?.alias === undefined ? [] : [receiver.alias] } : undefined;
  const placed = keepRest(source, { start: line.range[0], end: anchor.range[1], bare }, { before, wait: linesFor(wanted, anchor, mending), own, outside }, unit);
  if (placed === undefined) return leave(`the statements of ${site.place} do not stand on lines of their own`);
  const ahead = [...(isBare || receiver?.alias === undefined ? [] : [receiver.alias]), ...(wanted.ahead ?? [])];
  return [...placed, ...linesAhead(site.last, ahead, outside, mending), ...(receiver?.renamed ?? [])];
}

function linesFor({ exited, receiver, delay, isLate }: Wanted, anchor: TSESTree.Statement, mending: Mending): WaitLines {
  const { source, call, limit, unit } = mending;
  const { semicolon } = fileStyleOf(source);
  const parts: WaitParts = { call, limit: delay + limit, exited, hardKill: receiver?.hardKill, flag: flagFor(anchor, mending), errors: [caughtNameOf(source.program), 'fatal'], semicolon, unit };
  return isLate && receiver !== undefined ? lateKillLines({ ...parts, hardKill: receiver.hardKill }, receiver.name) : waitLines(parts);
}

/** Undefined where a handler that gets the error sets it already. */
function flagFor(anchor: TSESTree.Statement, { source, code, flag }: Mending): string | undefined {
  const isSet = Array.from(around(anchor, code)).some((at) => at.type === 'TryStatement' && contains(at.block, anchor) && at.handler !== null && flag !== undefined && source.text.slice(...at.handler.range).includes(`${flag} = true`));
  return isSet ? undefined : flag;
}

/** Lines before a statement, as deep as it comes to stand. */
export function linesAhead(statement: TSESTree.Statement, lines: readonly string[], outside: readonly Level[], { source, unit }: Mending): readonly Change[] {
  const [start] = statement.range;
  if (lines.length === 0) return [];
  const deeper = startsLine(source.text, start) ? unit.repeat(outside.filter((level) => contains(level.statement, statement)).length) : '';
  // The first of them takes the place that was indented for the statement.
  const text = lines.map((line) => linesBefore(source, start, [line]) + deeper).join('');
  return [{ start, end: start, text }];
}

/** Puts a wait that rejects when its time is up into a `try` of its own. Undefined where it does not stand on lines of its own. */
export function wrapWait(statement: TSESTree.Statement, wanted: Wanted, mending: Mending): readonly Change[] | undefined {
  const { source, unit } = mending;
  const { text } = source;
  const [start, after] = statement.range;
  if (!startsLine(text, start)) return undefined;
  const [, , ...handler] = linesFor(wanted, statement, mending).lines;
  const eol = eolAt(text, start);
  const indent = indentAt(text, start);
  const end = trailingEnd(text, after);
  return [
    { start, end: start, text: `${linesBefore(source, start, wanted.before)}try {${eol}${indent}${unit}` },
    ...reindent(text, [statement], start, end + 1, unit),
    { start: end, end, text: [...handler, '}'].map((line) => `${eol}${indent}${line}`).join('') },
  ];
}
