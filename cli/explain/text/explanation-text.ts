import type { Colors } from '../../io.ts';
import type { Requirement } from '../../../model/asked-of.ts';
import type { ExplainedRequirement, Explanation } from '../explanation.ts';
import { RACES } from '../words.ts';
import { Paper } from './paper.ts';
import { writeFlags, writeLedger, writeLock, writeSides } from './write-facts.ts';
import { writeStartup, writeStates, writeStop, writeTransitions } from './write-lifetime.ts';
import { writeRace } from './write-race.ts';
import { writeReported, writeSilences } from './write-verdicts.ts';

/** A service for people, in lines of at most `width` columns where words allow. */
export function explanationText(explanation: Explanation, colors: Colors, width: number): string {
  const paper = new Paper(colors, width);
  const { service, kind, kindWhy, file, line, endLine, races, protections } = explanation;
  paper.line(`${colors.bold(service)}  ${colors.dim(`${file}:${String(line)}-${String(endLine)}`)}`);
  paper.paragraph(`${capitalised(kind)}: ${kindWhy}.`);
  writeAsked(paper, explanation.asked);
  writeReported(paper, explanation.verdicts);
  writeSides(paper, explanation);
  writeLock(paper, explanation);
  writeFlags(paper, explanation.flags);
  writeLedger(paper, explanation.ledger);
  writeTransitions(paper, explanation);
  paper.heading('Race windows');
  if (races.length === 0) paper.line('  none was seen');
  for (const caveat of caveatsOf(explanation)) paper.paragraph(caveat);
  for (const [index, race] of races.entries()) {
    if (index > 0) paper.line();
    writeRace(paper, race);
  }
  if (protections.length > 0) paper.heading('Race windows that are closed');
  for (const { closes, sentence } of protections) paper.row('closed', `${closes.map((kind) => RACES[kind]).join(', ')}: ${sentence.replaceAll('`', '')}`, { paint: colors.green });
  writeStop(paper, explanation);
  writeStartup(paper, explanation);
  writeStates(paper, explanation);
  writeSilences(paper, explanation.verdicts);
  return paper.toString();
}

/** What to bear in mind when one reads the races. */
function caveatsOf({ races, isFollowed, asked, kind, lock }: Explanation): string[] {
  if (!isFollowed) return ['Start or stop could not be followed to its end: there may be others.'];
  if (races.length === 0) return [];
  if (!asked.some(({ requirement }) => requirement === 'lock')) return [`This is what the text allows; no rule asks a ${kind} service to keep its calls apart.`];
  const mayHold = lock.lifecycle === undefined && (lock.start === 'unknown' || lock.stop === 'unknown');
  return mayHold ? ['This is what the text allows; a base class, or a call that cannot be followed, may hold a lock that closes it.'] : [];
}

function writeAsked(paper: Paper, asked: readonly ExplainedRequirement[]): void {
  const { colors } = paper;
  paper.heading('Asked of it');
  if (asked.length === 0) paper.line('  nothing');
  for (const { requirement, what, recommended, strict, why } of asked) {
    const name = what === 'yes' ? NAMES[requirement] : `${NAMES[requirement]} ${what === 'over both' ? 'over both sides' : what}`;
    if (recommended === 'reported') paper.row('missing', name, { paint: colors.red });
    else if (strict === 'reported') paper.row('missing', `${name}, which only strict asks for`, { paint: colors.yellow });
    else paper.row(LABELS[strict], `${name}: ${why.replaceAll('`', '')}`, { paint: strict === 'kept' ? colors.green : strict === 'unknown' ? colors.yellow : colors.dim });
  }
}

const NAMES: Readonly<Record<Requirement, string>> = { lock: 'a lifecycle lock', deadline: 'a deadline', flag: 'a flag that keeps it stopped after a timeout', dispose: '[Symbol.asyncDispose]' };
const LABELS = { kept: 'kept', 'not asked': 'not needed', reported: 'missing', unknown: 'unknown' } as const;

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
