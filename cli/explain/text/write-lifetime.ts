import type { Explanation } from '../explanation.ts';
import { listed } from '../../../rules/silences/silence.ts';
import { linesOf, type Paper } from './paper.ts';
import { painter } from './write-facts.ts';

export function writeStartup(paper: Paper, { startup, constructorStarts, owns }: Explanation): void {
  const { acquired, gaps, leftSet } = startup;
  if (constructorStarts.length > 0) {
    paper.heading('Begun by the constructor');
    for (const { what, line } of constructorStarts) paper.row(`line ${String(line)}`, what, { paint: paper.colors.red });
  }
  if (acquired.length + gaps.length > 0 || leftSet !== undefined) paper.heading('If start fails');
  for (const { name, line, release } of acquired) paper.row(`line ${String(line)}`, `acquires ${name}${release === undefined ? '' : `, which stop gives back on line ${String(release.line)}`}`);
  for (const { line, left, hazards } of gaps) {
    const harm = hazards.length === 0 ? '' : `; ${[...new Set(hazards.map(({ kind }) => (kind === 'lost' ? 'stop does not give it back either' : 'the next start acquires it again')))].join(', ')}`;
    paper.row(`line ${String(line)}`, `if this fails, it leaves ${listed(left)}${harm}`, { paint: paper.colors.red });
  }
  if (leftSet !== undefined) paper.row(`line ${String(leftSet.line)}`, `this.${leftSet.field} stays set if line ${String(leftSet.fails.line)} fails: the next start does nothing`, { paint: paper.colors.red });
  if (owns.started.length === 0) return;
  paper.heading('Inner services');
  const names = (parts: typeof owns.started): string => parts.map(({ name, line }) => `this.${name} (line ${String(line)})`).join(', then ');
  paper.row('starts', names(owns.started));
  paper.row('stops', names(owns.stopped));
}

export function writeStop(paper: Paper, { drains, restart, teardown, dispose, asked }: Explanation): void {
  if (drains.length > 0) paper.heading('What stop waits for');
  for (const { name, line, bounded, deadline } of drains) {
    const until = deadline === undefined ? (bounded === 'unknown' ? 'whether anything ends the wait cannot be told' : 'nothing ends the wait') : `deadline on line ${String(deadline.line)}: ${deadline.what}`;
    paper.row(`line ${String(line)}`, `${name === '(…)' ? 'a loop' : name}: ${until}`, { paint: painter(paper, bounded) });
  }
  const isAskedForFlag = asked.some(({ requirement }) => requirement === 'flag');
  if (isAskedForFlag || restart.isOneShot === 'yes') {
    paper.heading('Start after stop');
    const { isOneShot, refusedAfterTimeout, flag, gap } = restart;
    const by = flag === undefined ? '' : `by this.${flag}, `;
    if (isOneShot === 'yes') paper.row('refused', `${by}after any stop`);
    else if (refusedAfterTimeout === 'yes') paper.row('refused', `${by}after a stop that timed out`, { paint: paper.colors.green });
    else if (gap !== undefined) paper.row('goes ahead', `after a stop that timed out: ${gap.what} (line ${String(gap.line)})`, { paint: paper.colors.red });
    else paper.paragraph(drains.some(({ deadline }) => deadline !== undefined) ? 'cannot be told for a stop that timed out' : 'goes ahead; no wait in stop has a deadline, so none times out');
  }
  if (teardown.length > 0) paper.heading('Steps of stop');
  // What two ways lead to is one step.
  const steps = teardown.filter(({ name, line }, index) => teardown.findIndex((one) => one.name === name && one.line === line) === index);
  for (const { name, line, isAwaited, mayFail, isolated, skips } of steps) {
    const after = skips.length > 0 ? `: if it fails, stop skips ${listed(skips)}` : mayFail && isolated === 'unknown' ? ': what a failure skips cannot be told' : mayFail ? ': if it fails, the others still run' : '';
    paper.row(`line ${String(line)}`, `${isAwaited ? 'await ' : ''}${name}${after}`, { paint: painter(paper, skips.length > 0 ? 'no' : isolated) });
  }
  paper.heading('Dispose');
  const at = dispose.method === undefined ? '' : ` on ${linesOf([dispose.method])}`;
  if (dispose.hasAsync === 'yes') paper.paragraph(`[Symbol.asyncDispose]${at}, ${{ yes: 'which calls stop', no: 'which does not call stop', unknown: 'and whether it calls stop cannot be told' }[dispose.reachesStop]}`);
  else paper.paragraph(dispose.hasAsync === 'no' ? 'no [Symbol.asyncDispose]' : 'a base class out of sight may have [Symbol.asyncDispose]');
  if (dispose.synchronous !== undefined) paper.paragraph(`[Symbol.dispose] on ${linesOf([dispose.synchronous])}, which cannot wait for stop`);
}

export function writeTransitions(paper: Paper, { transitions, lock }: Explanation): void {
  if (transitions.length === 0) return;
  paper.heading('Changed outside start and stop');
  for (const { line, from, what, field, held, hazard, wait } of transitions) {
    const under = { yes: 'under the lock', no: lock.lifecycle === undefined ? 'under no lock' : 'without the lifecycle lock', unknown: 'whether under the lock cannot be told' }[held];
    const harm = hazard === undefined ? '' : `: ${hazard}${wait === undefined ? '' : `, while line ${String(wait.line)} waits`}`;
    paper.row(`line ${String(line)}`, `${from} ${{ flag: 'sets', release: 'releases', spawn: 'starts' }[what]} this.${field}, ${under}${harm}`, { paint: hazard === undefined ? painter(paper, held === 'no' ? 'unknown' : held) : paper.colors.red });
  }
}

export function writeStates(paper: Paper, { states, changes }: Explanation): void {
  paper.heading('States');
  paper.paragraph(states.map(({ state, present }) => `${state.toUpperCase()}${present === 'yes' ? '' : present === 'no' ? ' (missing)' : ' (cannot be told)'}`).join(', '));
  for (const { from, to, on, why } of changes.filter(({ present }) => present === 'no')) {
    paper.row(`${from.toUpperCase()} > ${to.toUpperCase()}`, `on ${on}: ${why}`, { column: 22, paint: paper.colors.red });
  }
}
