import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { insertField } from '../insert-field.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';

/** A field of a class that says whether its shutdown has begun: one for each instance. */
export function memberFlag(facts: ClassFacts, taken: Set<string>, source: Source): { readonly text: string; readonly declared: Change } | undefined {
  const naming = memberNamingOf(facts, source);
  const name = freeMemberName(facts, naming, ['isShuttingDown', 'isShutdownRunning']);
  // A class whose two shutdowns would come to one flag.
  if (taken.has(`this.${name}`)) return undefined;
  taken.add(`this.${name}`);
  return { text: `this.${name}`, declared: insertField(source, facts.node, naming, name, 'false', 'flag') };
}
