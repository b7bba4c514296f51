import { lineOf } from '../../model/line-of.ts';
import type { Task, Timer } from '../../model/ledger/ledger.ts';
import type { Source } from '../../model/source.ts';
import { kept, listed, notAsked, type SilenceReader, unknown, worstOf } from './silence.ts';

export const noUntrackedBackgroundTask: SilenceReader = ({ service, source, isStrictOnly }) => {
  const { tasks } = service.ledger;
  if (tasks.length === 0) return notAsked('it begins no work that nobody waits for where it begins');
  if (isStrictOnly) return notAsked(`only \`strict\` asks about ${namesOf(tasks.filter((task) => task.released !== 'yes' || task.observed !== 'yes'), source)}: no harm of it is sure`);
  const open = tasks.filter(({ released, observed }) => released === 'unknown' || observed === 'unknown');
  if (open.length > 0) return unknown(`where ${namesOf(open, source)} ends, or who sees it fail, cannot be told`);
  const excused = tasks.filter(({ released, observed }) => released !== 'yes' || observed !== 'yes');
  if (excused.length > 0) return notAsked(`${namesOf(excused, source)}: begun by a caller or an event, a single message with its own catch, or somebody else's work`);
  return kept(`stop waits for ${namesOf(tasks, source)}, and somebody sees it fail`);
};

export const requireTimerRelease: SilenceReader = ({ service, source, isStrictOnly }) => {
  const { timers } = service.ledger;
  if (timers.length === 0) return notAsked('it sets no timer');
  if (isStrictOnly) return notAsked(`only \`strict\` asks about ${namesOf(timers, source)}: no harm of it is sure`);
  const open = timers.filter(({ released }) => released === 'unknown');
  if (open.length > 0) return unknown(`where the handle of ${namesOf(open, source)} goes cannot be followed`);
  const left = timers.filter(({ released }) => released === 'no');
  if (left.length > 0) return notAsked(`${namesOf(left, source)}: it only settles a promise, or does nothing once stop has run`);
  return worstOf(timers.map(({ released }) => released)) === 'yes' ? kept(`stop clears ${namesOf(timers, source)}`) : unknown('its timers cannot be followed');
};

function namesOf(entries: readonly (Task | Timer)[], source: Source): string {
  return listed(entries.map(({ text, node }) => `\`${text}\` (line ${String(lineOf(source, node))})`));
}
