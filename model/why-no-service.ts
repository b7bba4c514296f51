import { type NotService, notServiceBecause } from './is-service.ts';
import { readFlow } from './read-flow.ts';
import { classesOf } from './read-classes.ts';
import { readSides } from './read-sides.ts';
import type { ClassFacts } from './service.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';
import { sideNames } from './side-names.ts';
import type { Source } from './source.ts';

/** A class of a file that is no service. `no-pair`: no two of its methods start and stop it by their names. */
export interface OtherClass {
  readonly facts: ClassFacts;
  readonly why: NotService | 'no-pair';
  /** The pair, where there is one. */
  readonly pair: { readonly start: string; readonly stop: string } | undefined;
}

/** The classes of a file that are no services, each with what it lacks. */
export function otherClassesOf({ program, text }: Pick<Source, 'program' | 'text'>, settings: ResolvedSettings = DEFAULT_SETTINGS): readonly OtherClass[] {
  return classesOf(program, text).flatMap((facts): OtherClass[] => {
    const sides = readSides(facts, settings);
    // The methods of a class that is only declared have no bodies, and so are no pair.
    if (sides === undefined) return [{ facts, why: facts.node.declare ? 'declared' : 'no-pair', pair: undefined }];
    const { start, stop } = sides;
    const names = sideNames(start, stop);
    const why = notServiceBecause(facts, sides, { start: readFlow(facts, start.main, names), stop: readFlow(facts, stop.main, names) });
    return why === undefined ? [] : [{ facts, why, pair: { start: start.main.name, stop: stop.main.name } }];
  });
}
