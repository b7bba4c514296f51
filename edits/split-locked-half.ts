import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts, Method } from '../model/service.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change } from './outcome.ts';
import type { SelfCalls } from './self-calls.ts';
import type { Mention } from './mention.ts';

export interface SplitPlan {
  readonly changes: readonly Change[];
  /** Methods whose locked half is called by other code under the lock. */
  readonly halved: ReadonlySet<string>;
}

/** Lets code under the lock call the locked halves in place of the methods that would wait for that lock. */
export function splitLockedHalf(facts: ClassFacts, { held }: SelfCalls, halves: ReadonlyMap<string, string>): Obstacle | SplitPlan {
  const changes: Change[] = [];
  for (const mention of held) {
    const half = halves.get(mention.name);
    const call = `${mention.host}() calls this.${mention.name}()`;
    if (half === undefined) return { node: mention.node, why: `${call}, which would wait for the lock that its caller holds` };
    if (isMadeForSubclasses(facts)) return { node: mention.node, why: `${call} under the lock, and a subclass may have its own` };
    const method = facts.methods.get(mention.name);
    if (method !== undefined && reliesOnDefault(method, mention)) {
      return { node: mention.node, why: `${call} under the lock and relies on the default of a parameter` };
    }
    changes.push(rename(mention.node, half));
  }
  return { changes, halved: new Set(held.map(({ name }) => name)) };
}

/** The call would no longer reach an override. */
function isMadeForSubclasses({ node, bodyless, subclasses }: ClassFacts): boolean {
  const hasProtected = node.body.body.some((member) => 'accessibility' in member && member.accessibility === 'protected');
  return ('abstract' in node && node.abstract) || bodyless.size > 0 || subclasses.length > 0 || hasProtected;
}

function reliesOnDefault({ value }: Method, { call }: Mention): boolean {
  const args = call?.arguments ?? [];
  const isSpread = args.some(({ type }) => type === 'SpreadElement');
  return value.params.some((param, index) => param.type === 'AssignmentPattern' && (isSpread || args[index] === undefined));
}

function rename({ object, property, computed, range }: TSESTree.MemberExpression, half: string): Change {
  return computed
    ? { start: object.range[1], end: range[1], text: `.${half}` }
    : { start: property.range[0], end: property.range[1], text: half };
}
