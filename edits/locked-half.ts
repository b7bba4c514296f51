import { halfNames } from '../model/locks/half-name.ts';
import type { ClassFacts, Method } from '../model/service.ts';
import type { Half } from './delegate-to-half.ts';
import { freeMemberName, type MemberNaming } from './member-naming.ts';

/** The name for what a method does under the lock: `#startLocked` for `start`. */
export function halfOf(facts: ClassFacts, naming: MemberNaming, { name }: Method): Half {
  return { name: freeMemberName(facts, naming, halfNames(name)), modifier: naming.modifier };
}
