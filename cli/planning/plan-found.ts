import { dirname } from 'node:path';
import { IGNORE_MARK } from '../../codemods/ignore-mark.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { FoundFile } from '../files/discover-files.ts';
import { tryReadSource } from '../files/read-source.ts';
import type { Problem } from '../problem.ts';
import { type FileContext, type FileOutcome, planFile } from './plan-file.ts';

export type FoundOutcome = FileOutcome | { readonly kind: 'skipped'; readonly problem: Problem };

/** Reads a file, and plans it if it may hold a service. Undefined where there is nothing to say of it. Throws a CliError for settings that are wrong. */
export async function planFound(file: FoundFile, context: FileContext): Promise<FoundOutcome | undefined> {
  const nearest = context.settings.read(dirname(file.path));
  const settings = nearest instanceof Promise ? await nearest : nearest;
  const source = tryReadSource(file.path, (text) => mayConcern(text, settings, context));
  if (source.kind === 'unwanted') return undefined;
  if (source.kind === 'text') return await planFile(file, { ...source, settings }, context);
  return { kind: source.kind === 'failed' ? 'problem' : 'skipped', problem: { file: file.name, message: source.why } };
}

function mayConcern(text: string, { pairs }: ResolvedSettings, { codemods, engine }: FileContext): boolean {
  return text.includes(IGNORE_MARK) || codemods.some(({ looksAt = 'services' }) => engine.mayHold(looksAt, text, pairs));
}
