import type { ClassFacts, Method } from '../model/service.ts';
import type { Half } from './delegate-to-half.ts';
import { freeMemberName, type MemberNaming } from './member-naming.ts';

/** The name for what a method does under the lock: `#startLocked` for `start`. */
export function halfOf(facts: ClassFacts, naming: MemberNaming, { name }: Method): Half {
  return { name: freeMemberName(facts, naming, namesOf(name)), modifier: naming.modifier };
}

/** Whether `half` is what `halfOf` calls the half of the method `name`. */
export function isHalfOf(half: string | undefined, name: string): boolean {
  const plain = half?.replace(/^[#_]/, '').replace(/\d+$/, '');
  return namesOf(name).some((known) => known === plain);
}

function namesOf(name: string): [string, ...string[]] {
  const plain = name
    .replace(/^[#_]/, '')
    .replace(/^\[Symbol\.(\w+)\]$/, '$1')
    .replace(/[^$\w]/g, '');
  return [`${plain}Locked`, `${plain}UnderLock`];
}
