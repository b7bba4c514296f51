import { structuredPatch } from 'diff';
import type { ServiceResult } from '../../codemods/codemod.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { type FileContext, planFile } from '../planning/plan-file.ts';
import type { PageMend } from './page-data.ts';

type Source = Parameters<typeof planFile>[1];

/** What the codemods would do to each service of one file by itself, by `keyOf`. Empty where they cannot run. */
export async function mendsOf(found: FoundFile, source: Source, context: FileContext): Promise<ReadonlyMap<string, PageMend>> {
  const whole = await planFile(found, source, context);
  if (whole.kind === 'problem') return new Map();
  const { services, before, after } = whole.file;
  const changed = services.filter(({ added }) => added.length > 0);
  const mends = new Map<string, PageMend>();
  for (const result of services) {
    if (result.added.length + result.left.length === 0) continue;
    const mended = changed.length === 1 || result.added.length === 0 ? { result, after } : await mendAlone(found, source, context, result);
    mends.set(keyOf(result), mendOf(mended.result, before, mended.result.added.length === 0 ? before : mended.after));
  }
  return mends;
}

/** Tells a service from the others of its file. */
export function keyOf({ line, service }: Pick<ServiceResult, 'line' | 'service'>): string {
  return `${String(line)} ${service}`;
}

async function mendAlone(found: FoundFile, source: Source, context: FileContext, { line, service }: ServiceResult): Promise<{ readonly result: ServiceResult; readonly after: string }> {
  const accept = (owner: Pick<ServiceResult, 'line' | 'service'>): boolean => keyOf(owner) === keyOf({ line, service });
  const alone = await planFile(found, source, { ...context, options: { ...context.options, accept } });
  const result = alone.kind === 'planned' ? alone.file.services.find(accept) : undefined;
  if (alone.kind !== 'planned' || result === undefined) return { result: { service, line, added: [], left: [] }, after: '' };
  return { result, after: alone.file.after };
}

function mendOf({ added, left }: ServiceResult, before: string, after: string): PageMend {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  return {
    added: added.map(({ what }) => what),
    left: left.map(({ line, why, codemod }) => ({ line, why, codemod })),
    hunks: hunks.map(({ oldStart, newStart, lines }) => ({ oldStart, newStart, lines })),
  };
}
