import { lineOf } from '../../model/line-of.ts';
import type { Acquisition, Keep, Task, Timer } from '../../model/ledger/ledger.ts';
import { servicesOf } from '../../model/services-of.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../model/settings.ts';
import { parse } from './parse.ts';

function ledgerIn(text: string, settings: LifecycleSettings = {}) {
  const source = parse(text);
  const [service] = servicesOf(source, { ...DEFAULT_SETTINGS, ...settings });
  if (service === undefined) throw new Error('no service');
  return { ledger: service.ledger, line: (node: Acquisition['node']) => lineOf(source, node) };
}

/** Each task in one line: what, from where, where kept, whether joined and observed. */
export function tasksIn(text: string): readonly string[] {
  return ledgerIn(text).ledger.tasks.map(outlineTask);
}

function outlineTask({ text, origins, keep, released, observed }: Task): string {
  return `${text} from ${[...origins].join('+')} ${outlineKeep(keep)}, joined ${released}, observed ${observed}`;
}

/** Each timer in one line: what, where kept, whether cleared, and what is wrong with it. */
export function timersIn(text: string): readonly string[] {
  const { ledger, line } = ledgerIn(text);
  return ledger.timers.map((timer) => [outlineTimer(timer), ...flawsOf(timer, line)].join(', '));
}

function outlineTimer({ what, keep, released }: Timer): string {
  return `${what} ${outlineKeep(keep)}, cleared ${released}`;
}

function flawsOf({ rearmed, revived, obstacle, strands }: Timer, line: (node: Acquisition['node']) => number): string[] {
  return [
    ...(rearmed === undefined ? [] : [`set again by ${rearmed.from}`]),
    ...(revived === undefined ? [] : [`revived after ${line(revived.wait)}`]),
    ...(obstacle === undefined ? [] : [`behind ${line(obstacle.node)}`]),
    ...(strands === undefined ? [] : [`strands at ${line(strands)}`]),
  ];
}

/** Everything but tasks and timers, in one line each. */
export function resourcesIn(text: string, settings: LifecycleSettings = {}): readonly string[] {
  const { ledger, line } = ledgerIn(text, settings);
  return ledger.entries
    .filter(({ kind }) => kind !== 'task' && kind !== 'timer')
    .map(({ kind, text: call, keep, released, releases }) => `${kind} ${call} ${outlineKeep(keep)}, released ${released}${releases.map(({ node }) => ` at ${line(node)}`).join('')}`);
}

function outlineKeep(keep: Keep): string {
  return 'name' in keep ? `in ${keep.in} ${keep.name}` : keep.in;
}
