import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineProjectCodemod } from '../../../codemods/define-project-codemod.ts';
import { type ProjectResult, runProjectCodemods } from '../../../codemods/run-project-codemods.ts';
import { settleCallers } from '../../../codemods/settle-callers.ts';
import { planProviders } from '../../../edits/providers/plan-providers.ts';
import type { Project } from '../../../model/project.ts';

/** Texts by the names of their files. */
export type Texts = Readonly<Record<string, string>>;

export const providersRoot = fileURLToPath(new URL('../../../fixtures/projects/providers/', import.meta.url));

/** The part of `use-await-using` that is about providers, by itself. */
const codemod = defineProjectCodemod({
  name: 'providers',
  description: 'Let callers start what providers hand out',
  mends: ['no-started-provider'],
  mayConcern: () => true,
  planProject: (project, files, options) => planProviders(project, files).map((plan) => settleCallers(plan, project, options)),
});

export function mendProviders(project: Project): ProjectResult {
  return runProjectCodemods([codemod], project, project.files);
}

export interface ProviderCase {
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
}

/** `fixtures/projects/providers/before/<case>/`, and the same in `after/`. All that is in `before` is one package. */
export function providerCases(): readonly ProviderCase[] {
  const folders = readdirSync(join(providersRoot, 'before'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => ({ name, before: textsIn(join(providersRoot, 'before', name)), after: textsIn(join(providersRoot, 'after', name)) }));
}

function textsIn(folder: string): Texts {
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
