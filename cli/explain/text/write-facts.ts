import type { Fact } from '../../../model/service.ts';
import type { ExplainedAcquisition, ExplainedFlag, ExplainedMethod, Explanation, FlagUse } from '../explanation.ts';
import { linesOf, type Paper } from './paper.ts';

export function writeSides(paper: Paper, { start, stop }: Explanation): void {
  paper.heading('Sides');
  for (const [label, { methods, forwarders }] of [['start', start], ['stop', stop]] as const) {
    const forwarded = forwarders.length === 0 ? '' : `; ${forwarders.map(named).join(', ')} only calls it`;
    paper.row(label, `${methods.map(named).join(', ')}${forwarded}`);
  }
}

function named({ name, line, endLine }: ExplainedMethod): string {
  return line === endLine ? `${name}() on line ${String(line)}` : `${name}() on lines ${String(line)}-${String(endLine)}`;
}

export function writeLock(paper: Paper, { lock }: Explanation): void {
  paper.heading('Lock');
  const { lifecycle } = lock;
  if (lifecycle === undefined) paper.line(lock.start === 'unknown' || lock.stop === 'unknown' ? '  cannot be told' : '  none');
  else paper.row(`this.${lifecycle.key}`, `${SCOPES[lifecycle.scope]}${lifecycle.library === undefined ? '' : `, from ${lifecycle.library}`}, line ${String(lifecycle.line)}`);
  for (const { method, key, line, form, covers, gap } of lock.holds) {
    const how = covers === 'yes' ? 'over the whole of it' : covers === 'unknown' ? 'how far cannot be told' : gap === undefined ? 'not over the whole of it' : `but ${gap.what} (line ${String(gap.line)})`;
    const whose = lifecycle?.key === key ? '' : `this.${key}, `;
    paper.row(`${method}()`, `holds it from line ${String(line)} (${whose}${FORMS[form]}), ${how}`, { paint: painter(paper, covers) });
  }
  for (const { method, line } of lock.hotUses) paper.row(`${method}()`, `takes it too on line ${String(line)}, and is no part of the lifecycle`, { paint: paper.colors.red });
  for (const { line, via } of lock.reentries) paper.row(via.join(' > '), `waits on line ${String(line)} for a method that takes it again`, { paint: paper.colors.red });
}

const SCOPES = { global: 'of the whole process', instance: 'one for each instance', local: 'one for each call', module: 'one for the module', static: 'one for the class' } as const;
const FORMS = { acquire: 'acquire and release', callback: 'callback', chain: 'chain of promises', using: 'using' } as const;

export function writeFlags(paper: Paper, flags: readonly ExplainedFlag[]): void {
  if (flags.length === 0) return;
  paper.heading('State');
  const column = Math.min(24, Math.max(...flags.map(({ field }) => field.length + 7)));
  for (const { field, start, stop } of flags) paper.row(`this.${field}`, [...saidOf('start', start), ...saidOf('stop', stop)].join('; '), { column });
}

function saidOf(side: string, { tests, writes }: FlagUse): string[] {
  const parts = [...(tests.length > 0 ? [`tests it on ${linesOf(tests)}`] : []), ...(writes.length > 0 ? [`sets it on ${linesOf(writes)}`] : [])];
  return parts.length === 0 ? [] : [`${side} ${parts.join(' and ')}`];
}

export function writeLedger(paper: Paper, ledger: readonly ExplainedAcquisition[]): void {
  if (ledger.length === 0) return;
  paper.heading('What it acquires');
  const rows = ledger.map((entry) => ({ entry, said: `(${entry.method}), ${fateOf(entry)}` }));
  for (const [index, { entry, said }] of rows.entries()) {
    const alike = rows.filter((row) => row.said === said && row.entry.kind === entry.kind && row.entry.what === entry.what);
    if (alike[0] !== rows[index]) continue;
    paper.row(entry.kind, `${entry.what} on ${linesOf(alike.map((row) => row.entry))} ${said}`, { paint: painter(paper, entry.released) });
  }
}

/** Where it is kept and how it ends. */
function fateOf({ kind, keptIn, keptAs, released, releases }: ExplainedAcquisition): string {
  const kept = keptAs === undefined ? (keptIn === 'nowhere' ? 'kept nowhere' : 'handed on') : `kept in ${keptIn === 'local' ? keptAs : `this.${keptAs}`}`;
  const inStop = releases.filter(({ isInStop }) => isInStop);
  const [ends, ended] = kind === 'task' ? ['waits for it', 'waited for'] : ['ends it', 'ended'];
  if (released === 'unknown') return `${kept}; cannot be told whether stop ${ends}`;
  if (released === 'no') return `${kept}, not ${ended} by stop`;
  return `${kept}, ${ended} ${inStop.length > 0 ? `on ${linesOf(inStop)}` : 'by stop'}`;
}

export function painter({ colors }: Paper, fact: Fact): (text: string) => string {
  return fact === 'yes' ? colors.green : fact === 'no' ? colors.red : colors.yellow;
}
