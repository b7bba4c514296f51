import type { TSESTree } from '@typescript-eslint/utils';
import type { Change } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { type Codemod, type CodemodOptions, type Plan, UnparsableError } from './codemod.ts';
import { findingsOf, isAbout, type RuleFinding } from './findings-of.ts';
import { keepsTokens } from './keeps-tokens.ts';
import { missingComment } from './missing-comment.ts';
import { parse } from './parse.ts';

export interface Attempt {
  readonly before: Source;
  readonly text: string;
  readonly changes: readonly Change[];
  readonly codemod: Codemod;
  /** What the codemod has planned for the text before. */
  readonly planned: readonly Plan[];
  /** The plans whose edits were made. */
  readonly mended: readonly Plan[];
  readonly options: CodemodOptions;
  readonly settings: ResolvedSettings;
}

/** The parsed result of edits, and what the codemod plans for it; or what is wrong with it. */
export function verifyEdits(attempt: Attempt): { readonly source: Source; readonly plans: readonly Plan[] } | { readonly problem: string } {
  const parsed = parseResult(attempt);
  if ('problem' in parsed) return parsed;
  const { source } = parsed;
  const { before, codemod, options, settings } = attempt;
  if (servicesOf(source, settings).length !== servicesOf(before, settings).length) return { problem: 'it would change which classes are services' };
  const known = knownFindings(before, settings);
  const found = knownFindings(source, settings);
  const plans = codemod.plan(source, options);
  const problem = problemLeft(source, plans, attempt, known, found) ?? newReport(known, found);
  return problem === undefined ? { source, plans } : { problem };
}

const cache = new WeakMap<Source['program'], { readonly settings: ResolvedSettings; readonly findings: readonly RuleFinding[] }>();

/** The result of one edit is what the next begins with. */
function knownFindings(source: Source, settings: ResolvedSettings): readonly RuleFinding[] {
  const known = cache.get(source.program);
  if (known?.settings === settings) return known.findings;
  const findings = findingsOf(source, settings);
  cache.set(source.program, { settings, findings });
  return findings;
}

/** The text after changes, parsed: it has to keep what stands outside them and every comment but those that may go, and to be able to run if the text before was. */
export function parseResult({ before, text, changes }: Pick<Attempt, 'before' | 'changes' | 'text'>, mayGo: (comment: TSESTree.Comment) => boolean = () => false): { readonly source: Source } | { readonly problem: string } {
  if (!keepsTokens(before.text, changes, text)) return { problem: 'text outside it would be lost' };
  const strict = tryParse(before.fileName, text, true);
  // What could not run before is no fault of the edit.
  const isNew = strict instanceof UnparsableError && !(tryParse(before.fileName, before.text, true) instanceof UnparsableError);
  const source = strict instanceof UnparsableError && !isNew ? tryParse(before.fileName, text, false) : strict;
  if (source instanceof UnparsableError) return { problem: `its result does not parse (${source.message})` };
  const comment = missingComment(before, source, mayGo);
  if (comment !== undefined) return { problem: `the comment "${comment.split('\n', 1)[0] ?? ''}" would be lost` };
  return { source: before.format === undefined ? source : { ...source, format: before.format } };
}

/** Which rule says more of some class or function than before. */
export function newReport(known: readonly RuleFinding[], found: readonly RuleFinding[]): string | undefined {
  const kindOf = ({ rule, service }: RuleFinding): string => `${rule} ${service}`;
  const counts = countBy(known, kindOf);
  const created = [...countBy(found, kindOf)].find(([kind, count]) => count > (counts.get(kind) ?? 0));
  return created === undefined ? undefined : `${created[0].split(' ', 1).join('')} would report its result`;
}

/** Nothing is left to do for what was mended, and its rules are silent about it. Functions of one name are told apart by their number only. */
function problemLeft(after: Source, plans: readonly Plan[], { before, codemod, planned, mended, settings }: Attempt, known: readonly RuleFinding[], found: readonly RuleFinding[]): string | undefined {
  const services = new Map(servicesOf(after, settings).map((service, index) => [`#${String(index)}`, service]));
  const ownerBefore = ownersIn(before, settings);
  const owners = countBy(mended, ownerBefore);
  const counts = countBy(planned, ownerBefore);
  const left = countBy(plans, ownersIn(after, settings));
  const [wasSaid, isSaid] = [known, found].map((findings) => byService(findings, codemod));
  for (const [owner, count] of owners) {
    if ((left.get(owner) ?? 0) > (counts.get(owner) ?? 0) - count) return 'a second run would change it again';
    const service = services.get(owner);
    const about = (said: ReadonlyMap<string, readonly RuleFinding[]> | undefined): readonly RuleFinding[] =>
      (said?.get(service?.name ?? owner) ?? []).filter((finding) => service === undefined || isAbout(finding, service));
    const [remaining, ...more] = about(isSaid);
    const isAnother = left.has(owner) && more.length + 1 < about(wasSaid).length;
    if (remaining !== undefined && !isAnother) return `${remaining.rule} would still report it`;
  }
  return undefined;
}

/** What a plan is known by while the text round it changes: a service by its place among the services, anything else by its name. */
function ownersIn(source: Source, settings: ResolvedSettings): (plan: Plan) => string {
  const places = new Map<Plan['node'], number>(servicesOf(source, settings).map(({ node }, index) => [node, index]));
  return ({ name, node }) => {
    const place = places.get(node);
    return place === undefined ? name : `#${String(place)}`;
  };
}

/** What the rules that a codemod mends say, by the name of what they say it of. */
function byService(findings: readonly RuleFinding[], { mends }: Codemod): ReadonlyMap<string, readonly RuleFinding[]> {
  const said = new Map<string, RuleFinding[]>();
  for (const finding of findings) {
    if (!mends.includes(finding.rule)) continue;
    const known = said.get(finding.service) ?? [];
    said.set(finding.service, known);
    known.push(finding);
  }
  return said;
}

function countBy<T>(list: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
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
