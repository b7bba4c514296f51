import { diffLines } from 'diff';
import type { Fix, Region, Replacement } from 'sarif';
import { positionOf } from '../../model/line-of.ts';
import { isChanged, type RunResult } from '../run-result.ts';
import { nameFromRoot } from './report-results.ts';

/** Where so many lines change, telling which takes longer than anybody waits. */
const MOST_EDITS = 5000;

/**
 * The mend of each file that would be changed, by its name from the root. It is one for the whole file, since the edits of a file were
 * checked together: two of them share an import. None where it needs a new file, or others changed with it.
 */
export function fixesOf(result: RunResult, cwd: string): ReadonlyMap<string, Pick<Fix, 'description'> & { readonly replacements: Replacement[] }> {
  const { plan, mode } = result;
  if (mode === 'write' || plan.isJoint) return new Map();
  const files = plan.files.filter((file) => isChanged(file, result) && file.newFiles.length === 0);
  return new Map(
    files.flatMap(({ name, before, after, services }) => {
      const replacements = replacementsBetween(withoutMark(before), withoutMark(after));
      const mended = services.flatMap(({ service, added }) => (added.length === 0 ? [] : [`${service} (${added.map(({ what }) => what).join(', ')})`]));
      return replacements === undefined ? [] : [[nameFromRoot(name, cwd), { description: { text: `Mends all of the file at once: ${mended.join(', ')}.` }, replacements }] as const];
    }),
  );
}

/** Line by line, in UTF-16 code units, without a byte order mark: that is no part of a text to SARIF. */
function replacementsBetween(before: string, after: string): Replacement[] | undefined {
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return undefined;
  const source = { text: before };
  const replacements: Replacement[] = [];
  let offset = 0;
  for (const [index, { value, added, removed }] of parts.entries()) {
    const last = parts[index - 1];
    if (removed) {
      const next = parts[index + 1];
      replacements.push(replacement(regionOf(source, offset, value.length), next?.added === true ? next.value : ''));
    } else if (added && last?.removed !== true) {
      replacements.push(replacement(regionOf(source, offset, 0), value));
    }
    if (!added) offset += value.length;
  }
  return replacements;
}

function replacement(deletedRegion: Region, text: string): Replacement {
  return { deletedRegion, ...(text !== '' && { insertedContent: { text } }) };
}

function regionOf(source: { readonly text: string }, charOffset: number, charLength: number): Region {
  const [start, end] = [positionOf(source, charOffset), positionOf(source, charOffset + charLength)];
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column, charOffset, charLength };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
