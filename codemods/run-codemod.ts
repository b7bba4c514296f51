import type { Change, Edit, Leftover, Need } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { applyChanges } from './apply-changes.ts';
import type { Codemod, CodemodOptions, CodemodResult, ServiceResult } from './codemod.ts';
import { mergeEdits } from './merge-edits.ts';
import { originalOffset } from './original-offset.ts';
import { parse } from './parse.ts';
import { positionAt } from './position-at.ts';
import { resolveSettings } from './resolve-settings.ts';
import { type Attempt, verifyEdits } from './verify-edits.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Mends every service of one file. What does not hold when it is checked is not written. Text in, text out; throws `UnparsableError`. */
export function runCodemods(
  codemods: readonly Codemod[],
  file: { readonly fileName: string; readonly text: string },
  options: CodemodOptions = {},
): CodemodResult {
  const mark = file.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const source = parse(file.fileName, file.text.slice(mark.length));
  const run = new Run(source, codemods, options);
  const services = run.mendAll();
  return { text: run.applied.length > 0 ? mark + run.source.text : file.text, services, needs: run.needs };
}

/** One codemod at work on one service of the file. */
interface Task {
  readonly codemod: Codemod;
  readonly index: number;
}

class Run {
  source: Source;
  readonly applied: (readonly Change[])[] = [];
  readonly needs: Need[] = [];
  readonly #original: Source;
  /** For each codemod, those on all services: several codemods at once do what they do one after the other. */
  readonly #tasks: readonly (readonly Task[])[];
  readonly #options: CodemodOptions;
  readonly #settings: ResolvedSettings;
  readonly #results: {
    readonly service: string;
    readonly line: number;
    readonly added: ServiceResult['added'][number][];
    readonly left: ServiceResult['left'][number][];
  }[];

  constructor(source: Source, codemods: readonly Codemod[], options: CodemodOptions) {
    this.source = source;
    this.#original = source;
    this.#options = options;
    this.#settings = resolveSettings(options.settings);
    const services = servicesOf(source, this.#settings);
    this.#results = services.map(({ name, node }) => ({
      service: name,
      line: positionAt(source.text, node.range[0]).line,
      added: [],
      left: [],
    }));
    this.#tasks = codemods.map((codemod) => services.map((_service, index) => ({ codemod, index })));
  }

  mendAll(): readonly ServiceResult[] {
    for (const tasks of this.#tasks) {
      if (!this.#mendAtOnce(tasks)) for (const task of tasks) this.#mendOne(task);
    }
    return this.#results;
  }

  /** All edits of a codemod in one go, which takes one check. False where they do not go together, or one does not hold. */
  #mendAtOnce(tasks: readonly Task[]): boolean {
    const services = servicesOf(this.source, this.#settings);
    const before = [...this.applied];
    const planned = tasks.flatMap((task) => {
      const service = services[task.index];
      const outcome = service && task.codemod.plan(service, this.source, this.#options);
      return service === undefined || outcome === undefined ? [] : [{ task, service, outcome }];
    });
    const edits = planned.flatMap(({ task, service, outcome }) => (outcome.kind === 'edit' ? [{ task, service, edit: outcome }] : []));
    if (edits.length > 0) {
      const changes = mergeEdits(edits);
      if (
        changes === undefined ||
        this.#apply(
          changes,
          edits.map(({ task }) => task),
        ) !== undefined
      )
        return false;
    }
    for (const { task, outcome } of planned) {
      if (outcome.kind === 'edit') this.#add(task, outcome);
      else this.#leave(task, outcome, before);
    }
    return true;
  }

  #mendOne(task: Task): void {
    const service = servicesOf(this.source, this.#settings)[task.index];
    const outcome = service && task.codemod.plan(service, this.source, this.#options);
    if (service === undefined || outcome === undefined) return;
    if (outcome.kind === 'leftover') {
      this.#leave(task, outcome, this.applied);
      return;
    }
    const before = [...this.applied];
    const problem = this.#apply(outcome.changes, [task]);
    if (problem === undefined) this.#add(task, outcome);
    else this.#leave(task, { node: service.node, why: `the edit did not hold: ${problem}` }, before);
  }

  /** Makes the changes if their result holds; else says why it does not. */
  #apply(changes: readonly Change[], mended: Attempt['mended']): string | undefined {
    const text = applyChanges(this.source.text, changes);
    const verified = verifyEdits({ before: this.source, text, changes, mended, options: this.#options, settings: this.#settings });
    if ('problem' in verified) return verified.problem;
    this.source = verified.source;
    this.applied.push(changes);
    return undefined;
  }

  #add({ codemod, index }: Task, { added, needs }: Edit): void {
    this.#results[index]?.added.push({ codemod: codemod.name, what: added });
    for (const need of needs) {
      if (!this.needs.some(({ kind, specifier }) => kind === need.kind && specifier === need.specifier)) this.needs.push(need);
    }
  }

  /** `applied` are the changes that were made before the node was read. */
  #leave({ codemod, index }: Task, { node, why }: Pick<Leftover, 'node' | 'why'>, applied: readonly (readonly Change[])[]): void {
    const offset = applied.reduceRight(originalOffset, node.range[0]);
    this.#results[index]?.left.push({ codemod: codemod.name, ...positionAt(this.#original.text, offset), why });
  }
}
