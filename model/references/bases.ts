import type { Project } from '../project.ts';
import { classesOf } from '../read-classes.ts';
import type { ClassFacts } from '../service.ts';
import type { Member } from './family.ts';

/**
 * The classes that a class extends, nearest first, as far as they are of the project. `last` is the expression by which the last of them extends one that
 * is not; undefined where it extends none.
 */
export interface Bases {
  readonly classes: readonly ClassFacts[];
  readonly last: { readonly superClass: NonNullable<ClassFacts['node']['superClass']>; readonly source: Member['source'] } | undefined;
}

export function basesOf(project: Project, { file, facts, source }: Omit<Member, 'base'>): Bases {
  const classes: ClassFacts[] = [];
  let at: Omit<Member, 'base'> = { file, facts, source };
  for (;;) {
    const { superClass } = at.facts.node;
    if (superClass === null) return { classes, last: undefined };
    const next = superClass.type === 'Identifier' ? declaredAt(project, at.file, superClass.range[0]) : undefined;
    if (next === undefined || classes.includes(next.facts)) return { classes, last: { superClass, source: at.source } };
    classes.push(next.facts);
    at = next;
  }
}

function declaredAt(project: Project, file: string, offset: number): Omit<Member, 'base'> | undefined {
  const place = project.declarationOf({ file, offset });
  const source = place === undefined ? undefined : project.sourceOf(place.file);
  const facts = source && classesOf(source.program, source.text).find(({ node }) => node.id?.range[0] === place?.offset);
  return place === undefined || source === undefined || facts === undefined ? undefined : { file: place.file, facts, source };
}
