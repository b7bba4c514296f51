import { dirname } from 'node:path';
import { UnparsableError } from '../../codemods/codemod.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { FoundFile } from '../files/discover-files.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { FileContext } from '../planning/plan-file.ts';
import { describeError, type Problem } from '../problem.ts';
import { readSource } from '../files/read-source.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { linesIn } from './hunks-between.ts';
import { keyOf, type Mend, mendsOf, type ServiceRange } from './mends-of.ts';

export interface InventoryEntry {
  readonly explanation: Explanation;
  /** Of its file; none where the source was not asked for. */
  readonly lines: readonly string[];
  /** What the usual codemods would do to it, where it was asked for. */
  readonly mend: Mend | undefined;
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

interface FileText {
  readonly fileName: string;
  readonly text: string;
}

/** What reads a file. */
export interface Reader {
  readonly explain: (file: FileText, settings: ResolvedSettings) => readonly Explanation[];
  readonly findServices: (file: FileText, settings: ResolvedSettings) => readonly ServiceRange[];
}

export interface InventoryRequest {
  readonly paths: readonly string[];
  readonly files: readonly FoundFile[];
  readonly mayHold: (text: string, settings: ResolvedSettings) => boolean;
  readonly reader: Reader;
  readonly context: FileContext;
  /** Whether to keep the source, and to say how each service would be mended, which takes most of the time. */
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

async function readEntries(file: FoundFile, settings: ResolvedSettings, { mayHold, reader, context, withMends }: InventoryRequest): Promise<Read> {
  try {
    const source = readSource(file.path, (text) => mayHold(text, settings));
    if (source.kind === 'unwanted') return { kind: 'entries', entries: [] };
    if (source.kind !== 'text') return { kind: source.kind, problem: { file: file.name, message: source.why } };
    const fileName = toSlashes(file.path);
    const explanations = reader.explain({ fileName, text: source.text }, settings);
    const isPlanned = withMends && explanations.length > 0;
    const mends = isPlanned ? await mendsOf(file, { ...source, settings }, context, (text) => reader.findServices({ fileName, text }, settings)) : undefined;
    const lines = isPlanned ? linesIn(source.text) : [];
    const entries = explanations.map((explanation) => ({ explanation: { ...explanation, file: file.name }, lines, mend: mends?.get(keyOf(explanation)) }));
    return { kind: 'entries', entries };
  } catch (error) {
    if (error instanceof UnparsableError) return { kind: 'failed', problem: { file: file.name, line: error.line, column: error.column, message: `cannot be parsed: ${error.message}` } };
    return { kind: 'failed', problem: { file: file.name, message: describeError(error) } };
  }
}
