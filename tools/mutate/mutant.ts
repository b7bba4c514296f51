import { applyChanges } from '../../codemods/apply-changes.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import { Judge, parseWhole, type Preset, PRESETS } from './judge.ts';
import { type Mutation, type Mutator, specimenOf } from './mutation.ts';
import type { SpecimenFile } from './specimens.ts';
import type { TypeChecker } from './type-checker.ts';

export interface Mutant {
  readonly file: SpecimenFile;
  readonly mutation: Mutation;
  readonly line: number;
  readonly text: string;
  /** The presets of which a rule reports it that may. */
  readonly noticedBy: ReadonlySet<Preset>;
}

export interface Brood {
  readonly mutants: readonly Mutant[];
  /** Those that did not parse or type-check, and do not count. */
  readonly invalid: number;
}

/** The mutants of one file; none of one that is not well behaved. */
export function mutantsOf(file: SpecimenFile, mutators: readonly Mutator[], types: TypeChecker): Brood {
  const source = typed(parseWhole(file.path, file.text), file.text, file.path, types);
  if (source === undefined) throw new Error(`${file.path} does not parse`);
  const judges = PRESETS.map((preset) => new Judge(source, preset));
  if (!file.isMended && judges.some(({ preset, finds }) => preset === 'strict' && finds)) return { mutants: [], invalid: 0 };
  const specimen = specimenOf(source);
  const mutations = mutators.flatMap((mutate) => mutate(specimen));
  const mutants = mutations.flatMap((mutation): Mutant[] => {
    const text = applyChanges(file.text, mutation.changes);
    const parsed = parseWhole(file.path, text);
    if (parsed === undefined || !types.isSound(file.path, file.text, text)) return [];
    const mutant = typed(parsed, text, file.path, types) ?? parsed;
    const noticedBy = judges.filter((judge) => mutation.rules.some((rule) => judge.newReports(mutant, mutation.changes).has(rule))).map(({ preset }) => preset);
    return [{ file, mutation, line: lineOf(source, mutation.node), text, noticedBy: new Set(noticedBy) }];
  });
  return { mutants, invalid: mutations.length - mutants.length };
}

function typed(source: Source | undefined, text: string, path: string, types: TypeChecker): Source | undefined {
  return source && { ...source, types: types.typesOf(path, text) };
}
