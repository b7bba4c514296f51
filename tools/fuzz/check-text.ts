import { codemods } from '../../codemods/index.ts';
import { UnparsableError } from '../../codemods/codemod.ts';
import { parse } from '../../codemods/parse.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { factsOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';
import { rules } from '../../rules/index.ts';
import { cpuTime } from './cpu-time.ts';
import { lostToken } from './lost-token.ts';

/** What was found wrong with the model, a rule or a codemod on one text. */
export interface Fault {
  /** `crash add-lifecycle-lock`, `slow require-timer-release`: by this, faults of one cause are counted together. */
  readonly kind: string;
  readonly message: string;
}

export interface Checked {
  readonly isParsable: boolean;
  readonly services: number;
  /** Files that codemods have changed. */
  readonly mended: number;
  readonly faults: readonly Fault[];
}

const ALL_TOGETHER = codemods.filter(({ isDefault }) => isDefault);

/** Runs the model, every rule and every codemod over one text. `slowest` is in ms, for files of at most `NORMAL_LINES` lines. */
export function checkText(fileName: string, text: string, slowest = Infinity): Checked {
  const source = tryParse(fileName, text);
  if (source === undefined) return { isParsable: false, services: 0, mended: 0, faults: [] };
  const faults: Fault[] = [];
  const attempt = <Result>(kind: string, work: () => Result): Result | undefined => {
    try {
      return work();
    } catch (error) {
      faults.push({ kind: `crash ${kind}`, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      return undefined;
    }
  };
  const facts = attempt('model', () => factsOf(source));
  const took = cpuTime(() => {
    for (const rule of rules) attempt(rule.name, () => plansOf(rule, source));
  });
  if (took > slowest && isNormal(text)) faults.push(...slowRules(fileName, text, slowest));
  let mended = 0;
  const runs = [...codemods.map((codemod) => [codemod.name, [codemod]] as const), ['default codemods', ALL_TOGETHER] as const];
  for (const [name, list] of runs) {
    const run = (input: string): string => runCodemods(list, { fileName, text: input }).text;
    const after = attempt(name, () => run(text));
    if (after === undefined || after === text) continue;
    mended++;
    faults.push(...faultsOfResult(fileName, text, after).map(({ kind, message }) => ({ kind: `${kind} ${name}`, message })));
    const again = attempt(`second ${name}`, () => run(after));
    if (again !== undefined && again !== after) faults.push({ kind: `again ${name}`, message: 'a second run changes its result' });
  }
  return { isParsable: true, services: facts?.services.length ?? 0, mended, faults };
}

/** Longer files are generated, or ought to be several. */
const NORMAL_LINES = 1000;

function isNormal(text: string): boolean {
  return text.split('\n').length <= NORMAL_LINES;
}

/** Reports of ESLint ask for the suggestion, too. */
function plansOf(rule: (typeof rules)[number], source: Source): void {
  for (const { mend } of rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.strict)) mend?.plan();
}

/** Each rule by itself, on a tree that nothing has read before; the best of three, since the first runs cold. */
function slowRules(fileName: string, text: string, slowest: number): readonly Fault[] {
  return rules.flatMap((rule) => {
    const times = Array.from({ length: 3 }, () => {
      const source = parse(fileName, text);
      return cpuTime(() => void rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.strict));
    });
    const best = Math.min(...times);
    return best > slowest ? [{ kind: `slow ${rule.name}`, message: `${best.toFixed(0)} ms on ${String(text.split('\n').length)} lines` }] : [];
  });
}

function faultsOfResult(fileName: string, before: string, after: string): readonly Fault[] {
  if (tryParse(fileName, after) === undefined) return [{ kind: 'unparsable', message: after }];
  const lost = lostToken(before, after, (text) => parse(fileName, text));
  return lost === undefined ? [] : [{ kind: 'lost', message: `${lost} is not in the result:\n${after}` }];
}

function tryParse(fileName: string, text: string): Source | undefined {
  try {
    return parse(fileName, text);
  } catch (error) {
    if (error instanceof UnparsableError) return undefined;
    throw error;
  }
}
