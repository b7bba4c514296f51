import type { Project } from '../project.ts';
import { carriersOf, leadsTo, sourcesOf } from './carriers.ts';
import type { Family, Gap } from './family.ts';
import { wholeModulesIn } from './whole-modules.ts';

/** Where a module that exports a class of the family is handed on as a whole: what somebody does with the class then is out of sight. */
export function handedOnWhole(project: Project, family: Family): readonly Gap[] {
  const carriers = carriersOf(project, family);
  return sourcesOf(project).flatMap(({ file, source }) =>
    wholeModulesIn(source).flatMap(({ specifier, node }): readonly Gap[] =>
      leadsTo(specifier, file, carriers) ? [{ file, node, why: `everything that ${specifier} exports is handed on here, and may be constructed out of sight` }] : [],
    ),
  );
}
