import { thisMember } from '../model/ast/this-member.ts';
import { visit } from '../model/ast/visit.ts';
import type { ClassFacts, Method } from '../model/service.ts';

/** A method of the class and all that it names, directly or through others, itself first. */
export function helpersOf(facts: ClassFacts, name: string): readonly Method[] {
  const ofClass = cache.get(facts) ?? new Map<string, readonly Method[]>();
  cache.set(facts, ofClass);
  const helpers = ofClass.get(name) ?? readHelpers(facts, name);
  ofClass.set(name, helpers);
  return helpers;
}

const cache = new WeakMap<ClassFacts, Map<string, readonly Method[]>>();

function readHelpers(facts: ClassFacts, name: string): readonly Method[] {
  const found = new Map<string, Method>();
  collect(facts, name, found);
  return [...found.values()];
}

function collect(facts: ClassFacts, name: string, found: Map<string, Method>): void {
  const method = facts.methods.get(name);
  if (method === undefined || found.has(name)) return;
  found.set(name, method);
  visit(method.value.body, (node) => {
    const own = thisMember(node);
    if (own !== undefined) collect(facts, own, found);
    return undefined;
  });
}
