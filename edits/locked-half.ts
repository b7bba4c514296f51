import type { ClassFacts, Method } from '../model/service.ts';
import type { Half } from './delegate-to-half.ts';
import { freeMemberName, type MemberNaming } from './member-naming.ts';

/** The name for what a method does under the lock: `#startLocked` for `start`. */
export function halfOf(facts: ClassFacts, naming: MemberNaming, { name }: Method): Half {
  const plain = name
    .replace(/^[#_]/, '')
    .replace(/^\[Symbol\.(\w+)\]$/, '$1')
    .replace(/[^$\w]/g, '');
  return { name: freeMemberName(facts, naming, [`${plain}Locked`, `${plain}UnderLock`]), modifier: naming.modifier };
}
