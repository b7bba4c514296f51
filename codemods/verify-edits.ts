import type { Change } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { type Codemod, type CodemodOptions, type Plan, UnparsableError } from './codemod.ts';
import { findingsOf, isAbout, type RuleFinding } from './findings-of.ts';
import { keepsTokens } from './keeps-tokens.ts';
import { ownerOf } from './owner-of.ts';
import { parse } from './parse.ts';

export interface Attempt {
  readonly before: Source;
  readonly text: string;
  readonly changes: readonly Change[];
  readonly codemod: Codemod;
  /** The plans whose edits were made. */
  readonly mended: readonly Plan[];
  readonly options: CodemodOptions;
  readonly settings: ResolvedSettings;
}

/** The parsed result of edits, or what is wrong with it. */
export function verifyEdits(attempt: Attempt): { readonly source: Source } | { readonly problem: string } {
  const parsed = parseResult(attempt);
  if ('problem' in parsed) return parsed;
  const problem = problemIn(parsed.source, attempt);
  return problem === undefined ? parsed : { problem };
}

/** The text after changes, parsed: it has to keep what stands outside them, and to be able to run if the text before was. */
export function parseResult({ before, text, changes }: Pick<Attempt, 'before' | 'changes' | 'text'>): { readonly source: Source } | { readonly problem: string } {
  if (!keepsTokens(before.text, changes, text)) return { problem: 'text outside it would be lost' };
  const strict = tryParse(before.fileName, text, true);
  // What could not run before is no fault of the edit.
  const isNew = strict instanceof UnparsableError && !(tryParse(before.fileName, before.text, true) instanceof UnparsableError);
  const source = strict instanceof UnparsableError && !isNew ? tryParse(before.fileName, text, false) : strict;
  if (source instanceof UnparsableError) return { problem: `its result does not parse (${source.message})` };
  return { source: before.format === undefined ? source : { ...source, format: before.format } };
}

function problemIn(after: Source, attempt: Attempt): string | undefined {
  const { before, settings } = attempt;
  if (servicesOf(after, settings).length !== servicesOf(before, settings).length) return 'it would change which classes are services';
  const known = findingsOf(before, settings);
  const found = findingsOf(after, settings);
  return problemLeft(after, attempt, known, found) ?? newReport(known, found);
}

/** Which rule says more of some class or function than before. */
export function newReport(known: readonly RuleFinding[], found: readonly RuleFinding[]): string | undefined {
  const counts = countByKind(known);
  const created = [...countByKind(found)].find(([kind, count]) => count > (counts.get(kind) ?? 0));
  return created === undefined ? undefined : `${created[0].split(' ', 1).join('')} would report its result`;
}

/** Nothing is left to do for what was mended, and its rules are silent about it. Functions of one name are told apart by their number only. */
function problemLeft(after: Source, attempt: Attempt, known: readonly RuleFinding[], found: readonly RuleFinding[]): string | undefined {
  const { before, codemod, mended, options, settings } = attempt;
  const services = servicesOf(after, settings);
  const ownersIn = (source: Source): readonly string[] => codemod.plan(source, options).map((plan) => ownerOf(plan, servicesOf(source, settings)));
  const [planned, left] = [ownersIn(before), ownersIn(after)];
  const owners = mended.map((plan) => ownerOf(plan, servicesOf(before, settings)));
  for (const owner of new Set(owners)) {
    if (countOf(owner, left) > countOf(owner, planned) - countOf(owner, owners)) return 'a second run would change it again';
    const service = services.find((one) => ownerOf(one, services) === owner);
    const isAboutOwner = (finding: RuleFinding): boolean =>
      codemod.mends.includes(finding.rule) && (service === undefined ? finding.service === owner : isAbout(finding, service));
    const [remaining, ...more] = found.filter(isAboutOwner);
    const isAnother = left.includes(owner) && more.length + 1 < known.filter(isAboutOwner).length;
    if (remaining !== undefined && !isAnother) return `${remaining.rule} would still report it`;
  }
  return undefined;
}

function countOf(owner: string, owners: readonly string[]): number {
  return owners.filter((other) => other === owner).length;
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
