import { managesItself } from './manages-itself.ts';
import type { ServiceKind } from './service.ts';

/** What the kind of a service decides to ask of it: the columns of "Kinds" in docs/model.md. */
export type Requirement = 'deadline' | 'dispose' | 'flag' | 'lock';

/** What is asked of a kind, and where in it; a kind that is not asked for something has no entry for it. */
export function askedOf(kind: ServiceKind): ReadonlyMap<Requirement, string> {
  const asked = new Map<Requirement, string>();
  if (managesItself({ kind })) asked.set('lock', LOCKS[kind] ?? 'over both');
  const deadline = DEADLINES[kind];
  if (deadline !== undefined) asked.set('deadline', deadline);
  if (kind === 'background' || kind === 'in-place runner') asked.set('flag', 'yes');
  if (managesItself({ kind })) asked.set('dispose', 'yes');
  return asked;
}

const LOCKS: Readonly<Partial<Record<ServiceKind, string>>> = { 'in-place runner': 'over the changes of state, never over the loop' };

const DEADLINES: Readonly<Partial<Record<ServiceKind, string>>> = {
  background: 'round each drain',
  'host-serialised': 'round each drain',
  'in-place runner': 'round the wait for its loop',
};
