import type { Edit } from '../edits/outcome.ts';
import { servicesOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { type Codemod, type CodemodOptions, UnparsableError } from './codemod.ts';
import { keepsTokens } from './keeps-tokens.ts';
import { parse } from './parse.ts';

export interface Attempt {
  readonly before: Source;
  readonly text: string;
  readonly edit: Edit;
  readonly codemod: Codemod;
  /** Which of the file's services it is. */
  readonly index: number;
  readonly options: CodemodOptions;
  readonly settings: ResolvedSettings;
}

/** The parsed result of an edit, or what is wrong with it. */
export function verifyEdit({ before, text, edit, codemod, index, options, settings }: Attempt): { readonly source: Source } | { readonly problem: string } {
  if (!keepsTokens(before.text, edit.changes, text)) return { problem: 'text outside it would be lost' };
  const after = tryParse(before.fileName, text);
  if (after instanceof UnparsableError) return { problem: `its result does not parse (${after.message})` };
  const services = servicesOf(after.program, settings);
  const service = services[index];
  if (service === undefined || services.length !== servicesOf(before.program, settings).length) return { problem: 'it would change which classes are services' };
  if (codemod.plan(service, after, options) !== undefined) return { problem: 'a second run would change it again' };
  return { source: after };
}

function tryParse(fileName: string, text: string): Source | UnparsableError {
  try {
    return parse(fileName, text);
  } catch (error) {
    if (error instanceof UnparsableError) return error;
    throw error;
  }
}
