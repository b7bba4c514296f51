import type { Change, Edit, Leftover, Need } from '../edits/outcome.ts';
import { positionOf } from '../model/line-of.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { acknowledgementOf, acknowledgementsIn } from './acknowledgements.ts';
import { applyChanges } from './apply-changes.ts';
import type { Codemod, CodemodOptions, CodemodResult, Plan, ServiceResult } from './codemod.ts';
import { kindOf } from './kind-of.ts';
import { mergeEdits } from './merge-edits.ts';
import { originalOffset } from './original-offset.ts';
import { parse } from './parse.ts';
import { resolveSettings } from './resolve-settings.ts';
import { verifyEdits } from './verify-edits.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Mends every service of one file, and every function and module that a codemod looks at. What does not hold when it is checked is not written. Text in, text out; throws `UnparsableError`. */
export function runCodemods(
  codemods: readonly Codemod[],
  file: { readonly fileName: string; readonly text: string },
  options: CodemodOptions = {},
): CodemodResult {
  const mark = file.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const parsed = parse(file.fileName, file.text.slice(mark.length));
  const source = options.format === undefined ? parsed : { ...parsed, format: options.format };
  const run = new Run(source, codemods, options);
  const services = run.mendAll();
  const acknowledgements = run.acknowledgements();
  return { text: run.applied.length > 0 ? mark + run.source.text : file.text, services, needs: run.needs, ...(acknowledgements.length > 0 && { acknowledgements }) };
}

type MutableResult = ServiceResult & {
  readonly added: ServiceResult['added'][number][];
  readonly left: ServiceResult['left'][number][];
  acknowledged?: NonNullable<ServiceResult['acknowledged']>;
};

/** A plan, and where its outcome is told. */
interface Entry {
  readonly plan: Plan;
  readonly result: MutableResult;
}

class Run {
  source: Source;
  readonly applied: (readonly Change[])[] = [];
  readonly needs: Need[] = [];
  readonly #original: Source;
  readonly #codemods: readonly Codemod[];
  readonly #options: CodemodOptions;
  readonly #settings: ResolvedSettings;
  /** One for each service, and then those of functions and modules as they come up. */
  readonly #results: MutableResult[];
  /** The codemods and the comments, by their place in the original text, that kept them from something. */
  readonly #acknowledged = new Set<string>();
  /** What was planned last, while nothing has been changed since. */
  #planned: { readonly codemod: Codemod; readonly source: Source; readonly plans: readonly Plan[] } | undefined;

  constructor(source: Source, codemods: readonly Codemod[], options: CodemodOptions) {
    this.source = source;
    this.#original = source;
    this.#codemods = codemods;
    this.#options = options;
    this.#settings = resolveSettings(options.settings);
    this.#results = servicesOf(source, this.#settings).map(({ name, node }) => this.#newResult(name, node.range[0]));
  }

  /** Several codemods at once do what they do one after the other. */
  mendAll(): readonly ServiceResult[] {
    for (const codemod of this.#codemods) this.#mend(codemod);
    return this.#results.toSorted((one, other) => one.line - other.line);
  }

  /** All edits of a codemod in one go, which takes one check; what does not hold so is narrowed down by halves. */
  #mend(codemod: Codemod): void {
    if (this.#mendAtOnce(codemod, this.#entriesOf(codemod))) return;
    const tried = new Set<MutableResult>();
    for (;;) {
      const fresh = [...new Set(this.#entriesOf(codemod).map(({ result }) => result))].filter((result) => !tried.has(result));
      if (fresh.length === 0) return;
      for (const result of fresh) tried.add(result);
      this.#mendByHalves(codemod, fresh);
    }
  }

  /** False where the edits do not go together, or one does not hold. */
  #mendAtOnce(codemod: Codemod, entries: readonly Entry[]): boolean {
    const before = [...this.applied];
    const edits = entries.flatMap(({ plan: { node, outcome } }) => (outcome.kind === 'edit' ? [{ node, edit: outcome }] : []));
    if (edits.length > 0) {
      const changes = mergeEdits(edits);
      const mended = entries.flatMap(({ plan }) => (plan.outcome.kind === 'edit' ? [plan] : []));
      if (changes === undefined || this.#apply(codemod, mended, changes) !== undefined) return false;
    }
    for (const { plan, result } of entries) {
      if (plan.outcome.kind === 'edit') this.#add(codemod, result, plan.outcome);
      else this.#leave(codemod, result, plan.outcome, before);
    }
    return true;
  }

  /** What does not hold all at once. After each edit that is made, all is planned anew: what is left may look different now. */
  #mendByHalves(codemod: Codemod, results: readonly MutableResult[]): void {
    const half = Math.ceil(results.length / 2);
    for (const part of [results.slice(0, half), results.slice(half)]) {
      const [first, second] = part;
      const entries = this.#entriesOf(codemod).filter(({ result }) => part.includes(result));
      const [entry] = entries;
      if (first === undefined || entry === undefined) continue;
      if (second === undefined) this.#mendOne(codemod, entry);
      else if (!this.#mendAtOnce(codemod, entries)) this.#mendByHalves(codemod, part);
    }
  }

  #mendOne(codemod: Codemod, { plan, result }: Entry): void {
    const { node, outcome } = plan;
    if (outcome.kind === 'leftover') {
      this.#leave(codemod, result, outcome, this.applied);
      return;
    }
    const before = [...this.applied];
    const problem = this.#apply(codemod, [plan], outcome.changes);
    if (problem === undefined) this.#add(codemod, result, outcome);
    else this.#leave(codemod, result, { node, why: `the edit did not hold: ${problem}` }, before);
  }

  #plansOf(codemod: Codemod): readonly Plan[] {
    if (this.#planned?.codemod !== codemod || this.#planned.source !== this.source) {
      this.#planned = { codemod, source: this.source, plans: codemod.plan(this.source, this.#options) };
    }
    return this.#planned.plans;
  }

  #entriesOf(codemod: Codemod): readonly Entry[] {
    const places = new Map<Plan['node'], number>(servicesOf(this.source, this.#settings).map(({ node }, index) => [node, index]));
    const entries = this.#plansOf(codemod).map((plan): Entry => {
      return { plan, result: this.#results[places.get(plan.node) ?? -1] ?? this.#resultAt(plan) };
    });
    return entries.filter((entry) => !this.#acknowledge(codemod, entry) && (this.#options.accept?.(entry.result) ?? true));
  }

  /** Whether a comment keeps the codemod from what it has planned. */
  #acknowledge({ name }: Codemod, { plan, result }: Entry): boolean {
    const acknowledgement = acknowledgementOf(name, plan, this.source);
    if (acknowledgement === undefined) return false;
    this.#acknowledged.add(`${name} ${String(this.#originalOffset(acknowledgement.offset))}`);
    const { node, outcome } = plan;
    const place = positionOf(this.#original, this.#originalOffset(outcome.kind === 'edit' ? node.range[0] : outcome.node.range[0]));
    const known = result.acknowledged ?? [];
    const isKnown = known.some((one) => one.codemod === name && one.line === place.line && one.column === place.column);
    const why = outcome.kind === 'edit' ? `could be given ${outcome.added}` : outcome.why;
    if (!isKnown) result.acknowledged = [...known, { codemod: name, ...place, why, reason: acknowledgement.reason }];
    return true;
  }

  /** What became of each acknowledgement in the file. */
  acknowledgements(): NonNullable<CodemodResult['acknowledgements']> {
    return acknowledgementsIn(this.#original).map(({ codemod, hasReason, offset }) => {
      const isAsked = this.#codemods.some(({ name }) => name === codemod);
      return { codemod, hasReason, ...positionOf(this.#original, offset), ...(isAsked && { isUsed: this.#acknowledged.has(`${codemod} ${String(offset)}`) }) };
    });
  }

  #originalOffset(offset: number): number {
    return this.applied.reduceRight(originalOffset, offset);
  }

  #resultAt({ name, node }: Plan): MutableResult {
    const fresh = { ...this.#newResult(name, this.#originalOffset(node.range[0])), kind: kindOf(node) };
    const known = this.#results.find(({ service, line }) => service === fresh.service && line === fresh.line);
    if (known === undefined) this.#results.push(fresh);
    return known ?? fresh;
  }

  #newResult(service: string, offset: number): MutableResult {
    return { service, line: positionOf(this.#original, offset).line, added: [], left: [] };
  }

  /** Makes the changes if their result holds; else says why it does not. */
  #apply(codemod: Codemod, mended: readonly Plan[], changes: readonly Change[]): string | undefined {
    const text = applyChanges(this.source.text, changes);
    const planned = this.#plansOf(codemod);
    const verified = verifyEdits({ before: this.source, text, changes, codemod, planned, mended, options: this.#options, settings: this.#settings });
    if ('problem' in verified) return verified.problem;
    this.source = verified.source;
    this.#planned = { codemod, source: verified.source, plans: verified.plans };
    this.applied.push(changes);
    return undefined;
  }

  #add(codemod: Codemod, result: MutableResult, { added, needs }: Edit): void {
    result.added.push({ codemod: codemod.name, what: added });
    for (const need of needs) {
      if (!this.needs.some(({ kind, specifier }) => kind === need.kind && specifier === need.specifier)) this.needs.push(need);
    }
  }

  /** `applied` are the changes that were made before the node was read. */
  #leave(codemod: Codemod, result: MutableResult, { node, why }: Pick<Leftover, 'node' | 'why'>, applied: readonly (readonly Change[])[]): void {
    const offset = applied.reduceRight(originalOffset, node.range[0]);
    result.left.push({ codemod: codemod.name, ...positionOf(this.#original, offset), why });
  }
}
