import type { Fact } from '../../model/service.ts';
import type { ExplainedPart, ExplainedRace, Explanation, Opinion, Place, RaceStep } from '../explain/explanation.ts';
import type { Preset } from './requirements.ts';

/**
 * Everything the page shows, as its script reads it. What is said of many services is there once: a `TextIndex` counts in `texts`. So is a
 * line of source, by its number in its file.
 */
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
  readonly files: readonly PageFile[];
  readonly opinions: readonly PageOpinion[];
  /** Services whose machines look the same share one. */
  readonly machines: readonly Machine[];
  readonly services: readonly PageService[];
  readonly problems: readonly { readonly file: string; readonly line?: number; readonly message: string }[];
}

type TextIndex = number;

export interface PageFile {
  readonly name: string;
  /** Those that are shown, by their numbers. */
  readonly lines: Readonly<Record<number, TextIndex>>;
  /** What the codemods change outside of its services. */
  readonly hunks: readonly PageHunk[];
}

/** By requirement, in their order: y, n, ? and - for not asked. */
type Marks = string;

export interface PageService {
  readonly name: string;
  /** In `files`. */
  readonly file: number;
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
  /** For each rule its two opinions, by their places in `opinions`, one behind the other. */
  readonly verdicts: readonly number[];
  readonly mend: PageMend | undefined;
}

export type PageMethod = Pick<Place, 'endLine' | 'line'> & { readonly name: string };

export type PageRace = Pick<ExplainedRace, 'field' | 'first' | 'kind' | 'lockedBy' | 'second'> & { readonly sentence: TextIndex; readonly steps: readonly PageStep[] };

type PageStep = readonly [lane: RaceStep['lane'], role: RaceStep['role'], line: number, what: TextIndex];

export type PagePart = Pick<ExplainedPart, 'line' | 'method' | 'name'>;

export type PageAcquisition = Pick<Explanation['ledger'][number], 'kind' | 'keptAs' | 'line' | 'method' | 'released' | 'what'> & {
  readonly releases: readonly { readonly line: number; readonly method: string }[];
};

export interface PageOpinion {
  readonly outcome: Opinion['outcome'];
  readonly why: TextIndex;
  readonly reports: readonly { readonly line: number; readonly message: TextIndex }[];
}

export interface PageMend {
  readonly added: readonly string[];
  readonly left: readonly { readonly line: number; readonly why: string; readonly codemod: string }[];
  readonly hunks: readonly PageHunk[];
}

export interface PageHunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** One after the other: so many lines that stay, so many that go if it is below zero, or lines that come. */
  readonly parts: readonly (number | readonly TextIndex[])[];
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
