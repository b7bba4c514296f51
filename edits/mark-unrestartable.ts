import { wouldRefuse } from '../model/read-restart.ts';
import type { Drain, Field, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { FIELD_NAMES } from './field-role.ts';
import { catchTimeouts } from './flag/catch-timeouts.ts';
import { narrowSet } from './flag/narrow-set.ts';
import { testInStart } from './flag/test-in-start.ts';
import { insertField } from './insert-field.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { freeMemberName, memberNamingOf } from './member-naming.ts';
import type { Change } from './outcome.ts';

/** A drain whose timeout is to be remembered. */
export interface DrainSite {
  readonly drain: Drain;
  /** What else the same edit changes inside the drain, such as the deadline that it gets. Empty where the drain has its deadline already. */
  readonly inside: readonly Change[];
  /** Whether the same edit makes the function async that hands the drain on, where it is not yet. */
  readonly isMadeAsync?: boolean;
}

export interface MarkPlan {
  /** At least one. All drains of the service that have, or now get, a deadline that rejects. */
  readonly sites: readonly DrainSite[];
  /** The condition that is true of a caught timeout and of nothing else: `(error) => `${error} instanceof TimeoutError``. */
  readonly isTimeout: (error: string) => string;
}

/**
 * Lets a stop that timed out be the last one: a field, a test of it at the beginning of start, and a catch round each drain which sets it
 * when, and only when, the time is up, and throws the error on.
 *
 * The changes hold those of every site's `inside`, in an order in which they can be applied together; the caller adds only what lies
 * outside of the drains (imports, the constant). An instance that refuses every second start already gets nothing but these. The deadline
 * need not be in the text yet. An obstacle says why not, to be read after the class's name.
 */
export function markUnrestartable(service: Service, source: Source, { sites, isTimeout }: MarkPlan): Obstacle | readonly Change[] {
  const { facts, node, restart } = service;
  const inside = sites.flatMap((site) => site.inside);
  const error = /\b([A-Z]\w*)\b/.exec(isTimeout('caught'))?.[1];
  const open = sites.filter(({ drain }) => (restart.isOneShot !== 'yes' && restart.flag === undefined) || wouldRefuse(service, drain, error) !== 'yes');
  if (open.length === 0) return inside;
  const known = knownFlag(service);
  if (known !== undefined && 'why' in known) return known;
  const naming = memberNamingOf(facts, source);
  const name = known?.name ?? freeMemberName(facts, naming, FIELD_NAMES.flag);
  const flag = `this.${name}`;
  const marking = { flag, isTimeout };
  if (restart.gap?.kind === 'set-always') {
    const narrowed = narrowSet(service, restart.gap.node, marking);
    return 'why' in narrowed ? narrowed : [...inside, ...narrowed];
  }
  const isTested = known !== undefined && restart.gap?.kind !== 'untested';
  const tested = isTested ? [] : testInStart(service, source, flag);
  if ('why' in tested) return tested;
  const caught = restart.gap?.kind === 'untested' ? inside : catchTimeouts(service, source, open, marking);
  if ('why' in caught) return caught;
  const declared = known === undefined ? [insertField(source, node, naming, name, 'false', 'flag')] : [];
  const settled = restart.gap?.kind === 'untested' ? [] : sites.filter((site) => !open.includes(site)).flatMap((site) => site.inside);
  return [...declared, ...tested, ...caught, ...settled];
}

/** The flag that the class has; an obstacle where it is none that can be set in one more place. */
function knownFlag({ facts, node, restart: { flag, gap } }: Service): Field | Obstacle | undefined {
  if (gap?.kind === 'cleared') return { node: gap.node, why: `takes ${flag ?? 'its flag'} back after it was set, and perhaps on purpose` };
  if (gap?.kind === 'tested-late') return { node: gap.node, why: `looks at ${flag ?? 'its flag'} only after other things, which may be needed for that` };
  if (flag === undefined) return undefined;
  const field = facts.fields.get(flag);
  const isBoolean = field?.typeAnnotation?.type === 'TSBooleanKeyword' || (field?.init?.type === 'Literal' && field.init.value === false);
  if (field !== undefined && isBoolean) return field;
  return { node, why: `remembers a timeout in ${flag}, which is no plain flag` };
}
