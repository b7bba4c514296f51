import type { Change } from '../edits/outcome.ts';
import type { Project } from '../model/project.ts';
import { servicesOf } from '../model/services-of.ts';
import { projectAcknowledgementOf } from './acknowledgements.ts';
import { applyChanges } from './apply-changes.ts';
import { findingsOf } from './findings-of.ts';
import { newTypeProblems } from './new-type-problems.ts';
import type { ProjectCodemod, ProjectOptions, ProjectPlan } from './project-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';
import { isDirective } from '../edits/move-start/cut-statement.ts';
import { newReport, parseResult } from './verify-edits.ts';

interface ProjectAttempt {
  readonly before: Project;
  readonly after: Project;
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  readonly codemod: ProjectCodemod;
  /** How many edits there were to make. */
  readonly planned: number;
  /** The plans whose edits were made. */
  readonly plans: readonly ProjectPlan[];
  /** The files that were asked for. */
  readonly files: readonly string[];
  readonly options: ProjectOptions;
}

/** What is wrong with the result of edits to several files: as `verifyEdits`, and no type error more than before. */
export function verifyProject(attempt: ProjectAttempt): string | undefined {
  for (const [file, changes] of attempt.changes) {
    const problem = problemInFile(file, changes, attempt);
    if (problem !== undefined) return problem;
  }
  return planLeft(attempt) ?? newTypeProblem(attempt);
}

function problemInFile(file: string, changes: readonly Change[], { before: project, after: result, codemod, plans, options }: ProjectAttempt): string | undefined {
  const before = project.sourceOf(file);
  if (before === undefined) return `${file} cannot be parsed`;
  const parsed = parseResult({ before, changes, text: applyChanges(before.text, changes) }, isDirective);
  if ('problem' in parsed) return parsed.problem;
  const settings = resolveSettings(options.settings);
  // What the project gives back has its types too.
  const after = result.sourceOf(file) ?? parsed.source;
  const fresh = new Set(plans.flatMap((plan) => (plan.file === file && plan.outcome.kind === 'edit' && plan.outcome.mayMakeService === true ? [plan.name] : [])));
  const [were, are] = [before, after].map((source) => servicesOf(source, settings).filter(({ name }) => !fresh.has(name)).length);
  if (were !== are) return 'it would change which classes are services';
  const [known, found] = [findingsOf(before, settings), findingsOf(after, settings)];
  for (const { name } of plans.filter((plan) => plan.file === file)) {
    const [was, is] = [known, found].map((list) => list.filter(({ rule, service }) => service === name && codemod.mends.includes(rule)));
    if (was !== undefined && is?.[0] !== undefined && is.length >= was.length) return `${is[0].rule} would still report it`;
  }
  return newReport(known, found.filter(({ rule, service }) => codemod.reveals?.includes(rule) !== true && (!fresh.has(service) || codemod.mends.includes(rule))));
}

/** Whether a second run would find as much to do as the first. */
function planLeft({ after, codemod, planned, plans, files, options }: ProjectAttempt): string | undefined {
  const again = codemod.planProject(after, files, options).filter(
    (plan) => plan.outcome.kind === 'edit' && projectAcknowledgementOf(codemod.name, plan, after.sourceOf(plan.file)) === undefined,
  );
  return again.length > planned - plans.length ? 'a second run would change it again' : undefined;
}

function newTypeProblem({ before, after }: ProjectAttempt): string | undefined {
  const [known, found] = [before.typeProblems(), after.typeProblems()];
  const [created] = newTypeProblems(known, found);
  if (created === undefined) return undefined;
  return `there would be ${String(found.length - known.length)} more type errors: ${created.file}:${String(created.line)} ${created.message}`;
}
