import type { Need } from '../edits/outcome.ts';
import { vendoredNameOf } from '../edits/vendored-name.ts';
import { vendoredSource } from '../edits/vendored-source.ts';
import type { Project } from '../model/project.ts';

/** The texts of our files that a project is going to import and does not have yet, by where they will stand. */
export function filesToMake(needs: readonly Need[], project: Project): ReadonlyMap<string, string> {
  const missing = needs.filter(({ file }) => file !== undefined && !project.files.includes(file));
  return new Map(missing.map(({ file = '', specifier }) => [file, vendoredSource(vendoredNameOf(specifier), file, 'esm')]));
}
