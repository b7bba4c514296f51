import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { codemods } from '../../codemods/index.ts';
import { parse } from '../../codemods/parse.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { factsOf } from '../../model/services-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { rules } from '../../rules/index.ts';
import { cpuTime } from './cpu-time.ts';
import { asGlanced, type Costs, type Growth, growthOf, isSuspicious, leastCost, type Work } from './growth-of.ts';
import type { Shape } from './shapes.ts';

export interface Row extends Growth {
  readonly shape: string;
  /** What took long: the model, a rule by itself, or a codemod with all it asks for. */
  readonly work: string;
}

/** In pieces of a shape: how many are usual, and how many are measured at most. */
const USUAL = 400;
const MOST = 6400;
/** A codemod checks with every rule what it has made, so it takes longer. */
const SHARE_OF_CODEMODS = 4;

/** Measures the model, every rule and every codemod on more and more of something: all of them roughly, and closely what then looks steep. */
export function measureGrowth({ name, textOf, usual: ofShape = USUAL, most = MOST }: Shape): readonly Row[] {
  const collect = collector();
  const row = (work: string, { usual, most: last }: Sizes, glance: Costs, prepare: Work): Row => {
    const prepared: Work = (size) => {
      const run = prepare(size);
      collect();
      return run;
    };
    return { shape: name, work, ...(isSuspicious(glance) ? growthOf(prepared, usual / 4, last) : asGlanced(glance)) };
  };
  const forRules: Sizes = { usual: ofShape, most };
  const forCodemods: Sizes = { usual: ofShape / SHARE_OF_CODEMODS, most: most / SHARE_OF_CODEMODS };
  const parsed = (size: number): Source => parse('a.js', textOf(size));
  return [
    ...glanceAtSource(parsed, forRules).map(([work, read, glance]) =>
      row(work, forRules, glance, (size) => {
        const source = parsed(size);
        if (work !== 'model') factsOf(source);
        return () => read(source);
      }),
    ),
    ...codemods.map((codemod) => {
      const prepare: Work = (size) => {
        const text = textOf(size);
        return () => void runCodemods([codemod], { fileName: 'a.js', text });
      };
      const costs = glanceAt(forCodemods, (size) => [leastCost(() => prepare(size), 1)]);
      return row(codemod.name, forCodemods, { sizes: costs.sizes, costs: costs.rounds.map(([cost = 0]) => cost) }, prepare);
    }),
  ];
}

interface Sizes {
  readonly usual: number;
  readonly most: number;
}

type Reading = readonly [work: string, read: (source: Source) => void];

/** The model first; then the rules ask for the suggestions too, as a report of ESLint does. */
const READINGS: readonly Reading[] = [
  ['model', (source) => void factsOf(source)],
  ...rules.map((rule): Reading => [
    rule.name,
    (source) => {
      for (const { mend } of rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.strict)) mend?.plan();
    },
  ]),
];

/** All readings of one tree after another: what several of them ask for counts for the first. */
function glanceAtSource(parsed: (size: number) => Source, sizes: Sizes): readonly (readonly [...Reading, Costs])[] {
  const { sizes: glanced, rounds } = glanceAt(sizes, (size) => {
    const source = parsed(size);
    return READINGS.map(([, read]) => cpuTime(() => read(source)));
  });
  return READINGS.map(([work, read], index) => [work, read, { sizes: glanced, costs: rounds.map((costs) => costs[index] ?? 0) }] as const);
}

/** Twice at each of two sizes, the larger one first, since the first time runs cold. */
function glanceAt({ usual }: Sizes, costsAt: (size: number) => readonly number[]): { readonly sizes: readonly number[]; readonly rounds: readonly (readonly number[])[] } {
  const sizes = [usual, usual / 4];
  const rounds = sizes.map((size) => {
    const one = costsAt(size);
    const other = costsAt(size);
    return one.map((cost, index) => Math.min(cost, other[index] ?? cost));
  });
  return { sizes: sizes.toReversed(), rounds: rounds.toReversed() };
}

/** Takes away what earlier measurements have left, so that this one does not pay for it. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
