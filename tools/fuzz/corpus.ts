import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkText, type Fault } from './check-text.ts';
import { tryPlant } from './plant.ts';

export interface CorpusResult {
  readonly files: number;
  readonly parsed: number;
  readonly services: number;
  readonly mended: number;
  readonly faults: readonly { readonly fault: Fault; readonly path: string }[];
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const MOST_BYTES = 512 * 1024;

/** Checks every source file below the folders, as it is and planted into services. The conformance tests of TypeScript may hold several files in one, behind `// @filename:`. */
export function fuzzCorpus(folders: readonly string[], slowest: number, progress: (done: number) => void): CorpusResult {
  const totals = { files: 0, parsed: 0, services: 0, mended: 0 };
  const faults: { fault: Fault; path: string }[] = [];
  for (const path of folders.flatMap((folder) => [...sourcesBelow(folder)])) {
    for (const { fileName, text } of partsOf(path, readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))) {
      progress(++totals.files);
      const planted = plant(fileName, text, (fault) => void faults.push({ fault, path }));
      if (planted === undefined) continue;
      totals.parsed++;
      for (const one of [text, ...planted]) {
        const checked = checkText(fileName, one, slowest);
        totals.services += checked.services;
        totals.mended += checked.mended;
        for (const fault of checked.faults) faults.push({ fault, path });
      }
    }
  }
  return { ...totals, faults };
}

function plant(fileName: string, text: string, report: (fault: Fault) => void): readonly string[] | undefined {
  try {
    return tryPlant(fileName, text);
  } catch (error) {
    report({ kind: 'crash parse', message: String(error) });
    return undefined;
  }
}

function* sourcesBelow(path: string): Generator<string> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) for (const name of readdirSync(path).sort()) yield* sourcesBelow(join(path, name));
  else if (stats?.isFile() === true && SOURCE.test(path) && stats.size <= MOST_BYTES) yield path;
}

function partsOf(path: string, text: string): readonly { readonly fileName: string; readonly text: string }[] {
  const parts = text.split(/^\/\/ ?@filename: ?(.+?)\s*$/im);
  if (parts.length === 1) return [{ fileName: path, text }];
  return parts.flatMap((part, index) => (index % 2 === 1 && SOURCE.test(part) ? [{ fileName: part, text: parts[index + 1] ?? '' }] : []));
}
