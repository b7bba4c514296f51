import type { Change } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { type Codemod, type CodemodOptions, UnparsableError } from './codemod.ts';
import { findingsOf, isAbout } from './findings-of.ts';
import { keepsTokens } from './keeps-tokens.ts';
import { parse } from './parse.ts';

export interface Attempt {
  readonly before: Source;
  readonly text: string;
  readonly changes: readonly Change[];
  /** Which codemod was at work on which of the file's services. */
  readonly mended: readonly { readonly codemod: Codemod; readonly index: number }[];
  readonly options: CodemodOptions;
  readonly settings: ResolvedSettings;
}

/** The parsed result of edits, or what is wrong with it. */
export function verifyEdits(attempt: Attempt): { readonly source: Source } | { readonly problem: string } {
  const { before, text, changes } = attempt;
  if (!keepsTokens(before.text, changes, text)) return { problem: 'text outside it would be lost' };
  const strict = tryParse(before.fileName, text, true);
  // What could not run before is no fault of the edit.
  const isNew = strict instanceof UnparsableError && !(tryParse(before.fileName, before.text, true) instanceof UnparsableError);
  const source = strict instanceof UnparsableError && !isNew ? tryParse(before.fileName, text, false) : strict;
  if (source instanceof UnparsableError) return { problem: `its result does not parse (${source.message})` };
  const problem = problemIn(source, attempt);
  return problem === undefined ? { source } : { problem };
}

function problemIn(after: Source, { before, mended, options, settings }: Attempt): string | undefined {
  const services = servicesOf(after, settings);
  if (services.length !== servicesOf(before, settings).length) return 'it would change which classes are services';
  const found = findingsOf(after, settings);
  for (const { codemod, index } of mended) {
    const service = services[index];
    if (service === undefined) continue;
    if (codemod.plan(service, after, options) !== undefined) return 'a second run would change it again';
    const left = found.find((finding) => codemod.mends.includes(finding.rule) && isAbout(finding, service.node, service.name));
    if (left !== undefined) return `${left.rule} would still report it`;
  }
  const known = countByKind(findingsOf(before, settings));
  const created = [...countByKind(found)].find(([kind, count]) => count > (known.get(kind) ?? 0));
  return created === undefined ? undefined : `${created[0].split(' ', 1).join('')} would report its result`;
}

function countByKind(findings: ReturnType<typeof findingsOf>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, service } of findings) counts.set(`${rule} ${service}`, (counts.get(`${rule} ${service}`) ?? 0) + 1);
  return counts;
}

function tryParse(fileName: string, text: string, isStrict: boolean): Source | UnparsableError {
  try {
    return parse(fileName, text, isStrict);
  } catch (error) {
    if (error instanceof UnparsableError) return error;
    throw error;
  }
}
