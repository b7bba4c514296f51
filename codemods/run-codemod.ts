import type { Change, Edit, Need } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { Service } from '../model/service.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { applyChanges } from './apply-changes.ts';
import type { Codemod, CodemodOptions, CodemodResult, ServiceResult } from './codemod.ts';
import { originalOffset } from './original-offset.ts';
import { parse } from './parse.ts';
import { positionAt } from './position-at.ts';
import { resolveSettings } from './resolve-settings.ts';
import { verifyEdit } from './verify-edit.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Mends every service of one file, one edit after the other: each is planned on what the one before it left, checked on
 * its own result, and dropped if it does not hold. Text in, text out; throws `UnparsableError`.
 */
export function runCodemods(codemods: readonly Codemod[], file: { readonly fileName: string; readonly text: string }, options: CodemodOptions = {}): CodemodResult {
  const mark = file.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const source = parse(file.fileName, file.text.slice(mark.length));
  const run = new Run(source, codemods, options);
  const services = run.mendAll();
  return { text: run.changed ? mark + run.source.text : file.text, services, needs: run.needs };
}

class Run {
  source: Source;
  changed = false;
  readonly needs: Need[] = [];
  readonly #original: Source;
  readonly #codemods: readonly Codemod[];
  readonly #options: CodemodOptions;
  readonly #settings: ResolvedSettings;
  readonly #applied: (readonly Change[])[] = [];

  constructor(source: Source, codemods: readonly Codemod[], options: CodemodOptions) {
    this.source = source;
    this.#original = source;
    this.#codemods = codemods;
    this.#options = options;
    this.#settings = resolveSettings(options.settings);
  }

  mendAll(): readonly ServiceResult[] {
    return servicesOf(this.source, this.#settings).map((service, index) => this.#mendOne(service, index));
  }

  #mendOne({ name, node }: Service, index: number): ServiceResult {
    const added: ServiceResult['added'][number][] = [];
    const left: ServiceResult['left'][number][] = [];
    for (const codemod of this.#codemods) {
      const service = servicesOf(this.source, this.#settings)[index];
      const outcome = service && codemod.plan(service, this.source, this.#options);
      if (service === undefined || outcome === undefined) continue;
      const why = outcome.kind === 'leftover' ? outcome.why : this.#tryEdit(codemod, index, outcome);
      const at = outcome.kind === 'leftover' ? outcome.node : service.node;
      if (why === undefined) added.push({ codemod: codemod.name, what: outcome.kind === 'edit' ? outcome.added : '' });
      else left.push({ codemod: codemod.name, why, ...this.#originalPosition(at.range[0]) });
    }
    return { service: name, line: positionAt(this.#original.text, node.range[0]).line, added, left };
  }

  /** Makes the edit if its result holds; else says why it does not. */
  #tryEdit(codemod: Codemod, index: number, edit: Edit): string | undefined {
    const text = applyChanges(this.source.text, edit.changes);
    const verified = verifyEdit({ before: this.source, text, edit, codemod, index, options: this.#options, settings: this.#settings });
    if ('problem' in verified) return `the edit did not hold: ${verified.problem}`;
    this.source = verified.source;
    this.changed = true;
    this.#applied.push(edit.changes);
    for (const need of edit.needs) {
      if (!this.needs.some(({ kind, specifier }) => kind === need.kind && specifier === need.specifier)) this.needs.push(need);
    }
    return undefined;
  }

  #originalPosition(offset: number): { line: number; column: number } {
    return positionAt(this.#original.text, this.#applied.reduceRight(originalOffset, offset));
  }
}
