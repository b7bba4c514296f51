import type { Fact } from '../../model/service.ts';
import type { ExplainedRace, Explanation, Opinion, Place } from '../explain/explanation.ts';
import type { Preset } from './requirements.ts';

/** Everything the page shows, as its script reads it. What is said of many services is there once: a `TextIndex` counts in `texts`. */
export interface PageData {
  /** Of the package. */
  readonly version: string;
  readonly paths: readonly string[];
  /** The one that the page shows first. */
  readonly preset: Preset;
  readonly filesRead: number;
  readonly requirements: readonly { readonly id: string; readonly title: string; readonly what: string }[];
  readonly rules: readonly { readonly name: string; readonly description: string; readonly url: string }[];
  readonly texts: readonly string[];
  readonly opinions: readonly PageOpinion[];
  /** Services whose machines look the same share one. */
  readonly machines: readonly Machine[];
  readonly services: readonly PageService[];
  readonly problems: readonly { readonly file: string; readonly line?: number; readonly message: string }[];
}

type TextIndex = number;

/** By requirement, in their order: y, n, ? and - for not asked. */
type Marks = string;

export interface PageService {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: Explanation['kind'];
  readonly kindWhy: TextIndex;
  readonly marks: { readonly recommended: Marks; readonly strict: Marks };
  readonly start: readonly PageMethod[];
  readonly stop: readonly PageMethod[];
  /** `states` and `changes` say why, in the order of those of the machine. */
  readonly machine: { readonly drawing: number; readonly states: readonly TextIndex[]; readonly changes: readonly TextIndex[] };
  readonly races: readonly PageRace[];
  readonly owns: { readonly started: readonly PagePart[]; readonly stopped: readonly PagePart[] } | undefined;
  readonly ledger: readonly PageAcquisition[];
  readonly verdicts: readonly PageVerdict[];
  readonly mend: PageMend | undefined;
}

export type PageMethod = Pick<Place, 'endLine' | 'line'> & { readonly name: string };

export type PageRace = Pick<ExplainedRace, 'field' | 'first' | 'kind' | 'lockedBy' | 'second' | 'sentence'> & {
  readonly steps: readonly { readonly lane: 'first' | 'second'; readonly role: 'check' | 'effect' | 'other' | 'wait'; readonly line: number; readonly text: string; readonly what: string }[];
};

export type PagePart = Pick<Place, 'line' | 'text'> & { readonly name: string; readonly method: string };

export type PageAcquisition = Pick<Explanation['ledger'][number], 'kind' | 'keptAs' | 'line' | 'method' | 'released' | 'what'> & {
  readonly releases: readonly { readonly line: number; readonly method: string }[];
};

export interface PageOpinion {
  readonly outcome: Opinion['outcome'];
  readonly why: TextIndex;
  readonly reports: readonly { readonly line: number; readonly text: string; readonly message: TextIndex }[];
}

/** The rule and its two opinions, by their places in `rules` and `opinions`. */
export type PageVerdict = readonly [rule: number, recommended: number, strict: number];

export interface PageMend {
  readonly added: readonly string[];
  readonly left: readonly { readonly line: number; readonly why: string; readonly codemod: string }[];
  /** A line begins with `+`, `-` or a space. */
  readonly hunks: readonly { readonly oldStart: number; readonly newStart: number; readonly lines: readonly string[] }[];
}

/** A state machine as it is drawn, in pixels. */
export interface Machine {
  readonly width: number;
  readonly height: number;
  readonly states: readonly (Box & { readonly name: string; readonly present: Fact })[];
  readonly changes: readonly {
    readonly from: string;
    readonly to: string;
    readonly on: string;
    readonly present: Fact;
    readonly points: readonly Point[];
    readonly label: Box;
  }[];
}

/** `x` and `y` are the middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Left to right, top to bottom. */
export type Point = readonly [x: number, y: number];
