import type { Change, Need } from '../edits/outcome.ts';
import { positionOf } from '../model/line-of.ts';
import type { Project } from '../model/project.ts';
import { servicesOf } from '../model/services-of.ts';
import type { Source } from '../model/source.ts';
import { projectAcknowledgementOf } from './acknowledgements.ts';
import { applyChanges } from './apply-changes.ts';
import type { ServiceResult } from './codemod.ts';
import { filesToMake } from './files-to-make.ts';
import { mergeChanges } from './merge-edits.ts';
import { kindOf } from './kind-of.ts';
import { originalOffset } from './original-offset.ts';
import type { ProjectCodemod, ProjectEdit, ProjectLeftover, ProjectOptions, ProjectPlan } from './project-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';
import { verifyProject } from './verify-project.ts';

/** What became of a project. Files are told as the project tells them. */
export interface ProjectResult {
  /** The project with the texts as they would be. */
  readonly project: Project;
  /** The files that were changed; a file may be among them that nobody asked for. */
  readonly texts: ReadonlyMap<string, string>;
  /** By the file in which the class, function or module stands. */
  readonly services: ReadonlyMap<string, readonly ServiceResult[]>;
  readonly needs: readonly Need[];
}

/** Mends what the codemods find in `files`, and what has to change with it anywhere in the project. What does not hold when it is checked is not done. */
export function runProjectCodemods(codemods: readonly ProjectCodemod[], project: Project, files: readonly string[], options: ProjectOptions = {}): ProjectResult {
  const run = new ProjectRun(project, files, options);
  for (const codemod of codemods) run.mend(codemod);
  return run.result();
}

type EditPlan = ProjectPlan & { readonly outcome: ProjectEdit };
type Owner = Pick<ServiceResult, 'kind' | 'line' | 'service'>;
type MutableResult = ServiceResult & { readonly added: ServiceResult['added'][number][]; readonly left: ServiceResult['left'][number][]; acknowledged?: NonNullable<ServiceResult['acknowledged']> };

class ProjectRun {
  #project: Project;
  /** The texts of changed files as they were at first. */
  readonly #originals = new Map<string, Pick<Source, 'text'>>();
  readonly #files: readonly string[];
  readonly #options: ProjectOptions;
  /** For each file the changes that were made, one list after the other. */
  readonly #applied = new Map<string, (readonly Change[])[]>();
  readonly #results = new Map<string, MutableResult[]>();
  readonly #needs: Need[] = [];
  /** What was planned last, while nothing has been changed since. */
  #planned: { readonly codemod: ProjectCodemod; readonly project: Project; readonly plans: readonly ProjectPlan[] } | undefined;

  constructor(project: Project, files: readonly string[], options: ProjectOptions) {
    this.#project = project;
    this.#files = files;
    this.#options = options;
  }

  result(): ProjectResult {
    const changed = [...this.#applied.keys()].map((file) => [file, this.#project.sourceOf(file)?.text ?? ''] as const);
    return { project: this.#project, texts: new Map(changed), services: this.#results, needs: this.#needs };
  }

  /** Each edit is tried with all the others first, and what does not hold so is narrowed down by halves. */
  mend(codemod: ProjectCodemod): void {
    const tried = new Set<string>();
    for (;;) {
      const fresh = this.#editsOf(codemod).map((plan) => this.#keyOf(plan)).filter((key) => !tried.has(key));
      if (fresh.length === 0) break;
      for (const key of fresh) tried.add(key);
      this.#mendAll(codemod, fresh);
    }
    for (const plan of this.#plansOf(codemod)) if (plan.outcome.kind === 'leftover') this.#leave(codemod, plan, plan.outcome.left);
  }

  /** After each edit that is made, all is planned anew: what is left may look different now. */
  #mendAll(codemod: ProjectCodemod, keys: readonly string[]): void {
    const edits = this.#editsOf(codemod);
    const plans = edits.filter((plan) => keys.includes(this.#keyOf(plan)));
    const [plan] = plans;
    if (plan === undefined) return;
    // Where each stands is told before the texts change.
    const owners = plans.map((made) => [made, this.#ownerOf(made)] as const);
    const problem = this.#apply(codemod, plans, edits.length);
    if (problem === undefined) {
      for (const [made, owner] of owners) this.#add(codemod, made, owner);
    } else if (keys.length === 1) {
      this.#leave(codemod, plan, [{ file: plan.file, node: plan.node, why: `the edit did not hold: ${problem}` }]);
    } else {
      const half = Math.ceil(keys.length / 2);
      this.#mendAll(codemod, keys.slice(0, half));
      this.#mendAll(codemod, keys.slice(half));
    }
  }

  #editsOf(codemod: ProjectCodemod): readonly EditPlan[] {
    return this.#plansOf(codemod).filter(isEdit);
  }

  #plansOf(codemod: ProjectCodemod): readonly ProjectPlan[] {
    if (this.#planned?.codemod !== codemod || this.#planned.project !== this.#project) {
      const plans = codemod.planProject(this.#project, this.#files, this.#options).filter((plan) => !this.#acknowledge(codemod, plan));
      this.#planned = { codemod, project: this.#project, plans };
    }
    return this.#planned.plans;
  }

  /** Whether a comment keeps the codemod from what it has planned. */
  #acknowledge({ name }: ProjectCodemod, plan: ProjectPlan): boolean {
    const { file, node, outcome } = plan;
    const acknowledgement = projectAcknowledgementOf(name, plan, this.#project.sourceOf(file));
    if (acknowledgement === undefined) return false;
    const { reason } = acknowledgement;
    const places: readonly ProjectLeftover[] = outcome.kind === 'edit' ? [{ file, node, why: `could be given ${outcome.added}` }] : outcome.left;
    const result = this.#resultOf(plan);
    result.acknowledged ??= places.map((place) => ({ codemod: name, ...(place.file === file ? {} : { file: place.file }), ...this.#positionOf(place.file, place.node.range[0]), why: place.why, reason }));
    return true;
  }

  /** A plan is known by its name and by where it stood at first. */
  #keyOf({ file, name, node }: ProjectPlan): string {
    return `${file} ${name} ${String(this.#originalOffset(file, node.range[0]))}`;
  }

  /** Makes the edits if their result holds; else says why it does not. */
  #apply(codemod: ProjectCodemod, plans: readonly EditPlan[], planned: number): string | undefined {
    const changes = changesByFile(plans);
    if (changes === undefined) return 'it overlaps with another';
    const texts = new Map(Array.from(changes, ([file, list]) => [file, applyChanges(this.#project.sourceOf(file)?.text ?? '', list)]));
    const made = filesToMake(plans.flatMap(({ outcome }) => outcome.needs), this.#project);
    const after = this.#project.withTexts(new Map([...made, ...texts]));
    const problem = verifyProject({ before: this.#project, after, changes, codemod, planned, plans, files: this.#files, options: this.#options });
    if (problem !== undefined) return problem;
    for (const [file, list] of changes) {
      const source = this.#originals.get(file) ?? this.#project.sourceOf(file);
      if (source !== undefined) this.#originals.set(file, { text: source.text });
      this.#applied.set(file, [...(this.#applied.get(file) ?? []), list]);
    }
    this.#project = after;
    return undefined;
  }

  #add(codemod: ProjectCodemod, plan: EditPlan, owner: Owner): void {
    const { added, needs } = plan.outcome;
    this.#resultOf(plan, owner).added.push({ codemod: codemod.name, what: added });
    for (const need of needs) if (!this.#needs.some(({ kind, specifier, file }) => kind === need.kind && specifier === need.specifier && file === need.file)) this.#needs.push(need);
  }

  #leave(codemod: ProjectCodemod, plan: ProjectPlan, left: readonly ProjectLeftover[]): void {
    const result = this.#resultOf(plan);
    for (const { file, node, why } of left) {
      const place = this.#positionOf(file, node.range[0]);
      result.left.push({ codemod: codemod.name, ...(file === plan.file ? {} : { file }), ...place, why });
    }
  }

  #resultOf(plan: ProjectPlan, owner = this.#ownerOf(plan)): MutableResult {
    const results = this.#results.get(plan.file) ?? [];
    this.#results.set(plan.file, results);
    const known = results.find((one) => one.service === owner.service && one.line === owner.line);
    const result = known ?? { ...owner, added: [], left: [] };
    if (known === undefined) results.push(result);
    return result;
  }

  #ownerOf({ file, name, node }: ProjectPlan): Owner {
    const { line } = this.#positionOf(file, node.range[0]);
    return { service: name, ...(this.#isService(file, node) ? {} : { kind: kindOf(node) }), line };
  }

  #isService(file: string, node: ProjectPlan['node']): boolean {
    const source = this.#project.sourceOf(file);
    return source !== undefined && servicesOf(source, resolveSettings(this.#options.settings)).some((service) => service.node === node);
  }

  #positionOf(file: string, offset: number): { readonly line: number; readonly column: number } {
    const source = this.#originals.get(file) ?? this.#project.sourceOf(file);
    return source === undefined ? { line: 1, column: 1 } : positionOf(source, this.#originalOffset(file, offset));
  }

  #originalOffset(file: string, offset: number): number {
    return (this.#applied.get(file) ?? []).reduceRight(originalOffset, offset);
  }
}

function isEdit(plan: ProjectPlan): plan is EditPlan {
  return plan.outcome.kind === 'edit';
}

/** Undefined where changes of two plans overlap. What two plans have in common is made once: an import. */
function changesByFile(plans: readonly EditPlan[]): ReadonlyMap<string, readonly Change[]> | undefined {
  const merged = new Map<string, readonly Change[]>();
  for (const file of new Set(plans.flatMap(({ outcome }) => [...outcome.changes.keys()]))) {
    const changes = mergeChanges(plans.map(({ outcome }) => ({ changes: outcome.changes.get(file) ?? [], isOwn: () => false })));
    if (changes === undefined) return undefined;
    merged.set(file, changes);
  }
  return merged;
}
