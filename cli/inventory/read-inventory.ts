import { dirname } from 'node:path';
import { UnparsableError } from '../../codemods/codemod.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { FoundFile } from '../files/discover-files.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { FileContext } from '../planning/plan-file.ts';
import { describeError, type Problem } from '../problem.ts';
import { readSource } from '../files/read-source.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { keyOf, mendsOf } from './mends-of.ts';
import type { PageMend } from './page-data.ts';

export interface InventoryEntry {
  readonly explanation: Explanation;
  /** What the usual codemods would do to it, where it was asked for. */
  readonly mend: PageMend | undefined;
}

/** All services behind some paths, by file and line. */
export interface Inventory {
  /** As they were asked for. */
  readonly paths: readonly string[];
  readonly filesRead: number;
  readonly entries: readonly InventoryEntry[];
  readonly skipped: readonly Problem[];
  readonly problems: readonly Problem[];
}

export type Explain = (file: { readonly fileName: string; readonly text: string }, settings: ResolvedSettings) => readonly Explanation[];

export interface InventoryRequest {
  readonly paths: readonly string[];
  readonly files: readonly FoundFile[];
  readonly mayHold: (text: string, settings: ResolvedSettings) => boolean;
  readonly explain: Explain;
  readonly context: FileContext;
  /** Whether to say how each service would be mended, which takes most of the time. */
  readonly withMends: boolean;
  readonly onProgress: (done: number) => Promise<void> | undefined;
}

/** Reads all files. One that cannot be read or parsed leaves the others alone. */
export async function readInventory(request: InventoryRequest): Promise<Inventory> {
  const { paths, files, context, onProgress } = request;
  const entries: InventoryEntry[] = [];
  const skipped: Problem[] = [];
  const problems: Problem[] = [];
  for (const [done, file] of files.entries()) {
    const pause = onProgress(done);
    if (pause !== undefined) await pause;
    const settings = await context.settings.read(dirname(file.path));
    const read = await readEntries(file, settings, request);
    if (read.kind === 'entries') entries.push(...read.entries);
    else (read.kind === 'skipped' ? skipped : problems).push(read.problem);
  }
  return { paths, filesRead: files.length, entries, skipped, problems };
}

type Read =
  | { readonly kind: 'entries'; readonly entries: readonly InventoryEntry[] }
  | { readonly kind: 'failed' | 'skipped'; readonly problem: Problem };

async function readEntries(file: FoundFile, settings: ResolvedSettings, { mayHold, explain, context, withMends }: InventoryRequest): Promise<Read> {
  try {
    const source = readSource(file.path, (text) => mayHold(text, settings));
    if (source.kind === 'unwanted') return { kind: 'entries', entries: [] };
    if (source.kind !== 'text') return { kind: source.kind, problem: { file: file.name, message: source.why } };
    const explanations = explain({ fileName: toSlashes(file.path), text: source.text }, settings);
    const mends = withMends && explanations.length > 0 ? await mendsOf(file, { ...source, settings }, context) : undefined;
    const entries = explanations.map((explanation) => ({ explanation: { ...explanation, file: file.name }, mend: mends?.get(keyOf(explanation)) }));
    return { kind: 'entries', entries };
  } catch (error) {
    if (error instanceof UnparsableError) return { kind: 'failed', problem: { file: file.name, line: error.line, column: error.column, message: `cannot be parsed: ${error.message}` } };
    return { kind: 'failed', problem: { file: file.name, message: describeError(error) } };
  }
}
