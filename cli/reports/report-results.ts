import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import type { RulePage, RuleReport } from '../../codemods/rule-reports.ts';
import { findRepository } from '../version-control/find-repository.ts';
import type { Problem } from '../problem.ts';
import type { PlannedFile } from '../planning/plan.ts';
import { isChanged, type RunResult } from '../run-result.ts';
import { toSlashes } from '../files/to-slashes.ts';

/** What the rules know of a run. */
export interface RuleKnowledge {
  /** What the rules report in a file that was read, by its path. */
  readonly reports: ReadonlyMap<string, readonly RuleReport[]>;
  /** The rules that each codemod mends. */
  readonly mends: ReadonlyMap<string, readonly string[]>;
  readonly pageOf: (rule: string) => RulePage | undefined;
}

interface Region {
  /** All 1-based; the end is behind the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** One thing that a codemod would mend in a class, function or module, had to leave there, or was told to leave. */
export interface Result extends Region {
  readonly kind: 'acknowledged' | 'left' | 'mend';
  /** From the root of the repository, or else from the working directory; with slashes. */
  readonly file: string;
  readonly service: string;
  readonly codemod: string;
  /** `lifecycle/require-lifecycle-lock` */
  readonly rule: string;
  readonly message: string;
  /** Of a comment that acknowledges it. */
  readonly reason?: string;
  /** Other places that the same edit would mend. */
  readonly related: readonly (Region & { readonly message: string })[];
  /** The same as long as file, class, rule and cause are: wherever in the file that is. */
  readonly fingerprint: string;
}

/** What of a run goes into a document for machines. */
export interface ReportedRun {
  readonly results: readonly Result[];
  /** Comments that hold nothing back. */
  readonly stale: readonly Problem[];
  readonly problems: readonly Problem[];
  readonly cwd: string;
}

type Draft = Omit<Result, 'fingerprint'> & { readonly cause: string };

/** What a run would mend and what it left, in the order of the files. What a run has written is no result any more. */
export function resultsOf(result: RunResult, knowledge: RuleKnowledge, cwd: string): readonly Result[] {
  const drafts = result.plan.files.flatMap((file) => draftsOf(file, result, knowledge, cwd));
  const seen = new Map<string, number>();
  return drafts.map(({ cause, ...draft }) => {
    const hash = createHash('sha256').update(JSON.stringify([draft.file, draft.service, draft.rule, cause])).digest('hex').slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return { ...draft, fingerprint: `${hash}:${count}` };
  });
}

/** The name of a file from the root of the repository, where those who read reports begin. */
export function nameFromRoot(name: string, cwd: string): string {
  return toSlashes(relative(findRepository(cwd) ?? cwd, join(cwd, name)));
}

function draftsOf(file: PlannedFile, result: RunResult, { reports, mends }: RuleKnowledge, cwd: string): readonly Draft[] {
  const isWritten = result.mode === 'write' && isChanged(file, result);
  return file.services.flatMap(({ service, line, added, left, acknowledged = [] }): readonly Draft[] => {
    const next = Math.min(...file.services.filter((one) => one.service === service && one.line > line).map((one) => one.line));
    const about = (reports.get(file.path) ?? []).filter((report) => report.service === service && report.line < next);
    const mended = isWritten ? [] : added;
    return [
      ...mended.map(({ codemod, what }): Draft => {
        const [first, ...others] = about.filter(({ rule }) => mends.get(codemod)?.includes(rule));
        const message = first === undefined ? `\`${service}\` lacks what the codemod adds: ${what}.` : first.message;
        return {
          kind: 'mend',
          file: nameFromRoot(file.name, cwd),
          service,
          codemod,
          rule: `lifecycle/${first?.rule ?? mends.get(codemod)?.[0] ?? codemod}`,
          ...(first === undefined ? { line, column: 1 } : regionOf(first)),
          message: `${message} \`lifecycle-codemod --codemod ${codemod}\` mends it.`,
          related: others.map((other) => ({ ...regionOf(other), message: other.message })),
          cause: `${codemod}: ${what}`,
        };
      }),
      ...[...left, ...acknowledged].map((place): Draft => {
        const { codemod, file: elsewhere, line: at, column, why, reason } = place;
        const isLeft = left.includes(place);
        const rule = about.find((report) => mends.get(codemod)?.includes(report.rule))?.rule;
        return {
          kind: isLeft ? 'left' : 'acknowledged',
          file: nameFromRoot(elsewhere ?? file.name, cwd),
          service,
          codemod,
          rule: `lifecycle/${rule ?? mends.get(codemod)?.[0] ?? codemod}`,
          line: at,
          column,
          message: isLeft ? `\`${service}\` is left to mend by hand: ${why} (${codemod}).` : `\`${service}\` is left as it is: ${why} (${codemod}).`,
          ...(reason !== undefined && { reason }),
          related: [],
          cause: `${codemod}: ${withoutLines(why)}`,
        };
      }),
    ];
  });
}

function regionOf({ line, column, endLine, endColumn }: RuleReport): Required<Region> {
  return { line, column, endLine, endColumn };
}

/** `nothing tells after lines 12 and 14 …` → `nothing tells after lines …`: an edit above moves the lines and not the cause. */
function withoutLines(why: string): string {
  return why.replaceAll(/(\blines?) \d+(?:(?:, | and | or | to |-)\d+)*/g, '$1');
}
