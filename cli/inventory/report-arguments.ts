import { CommanderError } from 'commander';
import { CliError } from '../cli-error.ts';
import { describeReport } from './describe-report.ts';
import type { Preset } from './requirements.ts';

/** What `lifecycle-codemod report` was asked for. */
export interface ReportArguments {
  readonly paths: readonly string[];
  /** Where the page is to be written. */
  readonly html: string | undefined;
  readonly preset: Preset;
  readonly since: string | undefined;
  readonly staged: boolean;
  readonly format: 'json' | 'text';
}

type Options = Omit<ReportArguments, 'html' | 'paths' | 'since' | 'staged'> & { readonly html?: string; readonly json?: boolean; readonly since?: string; readonly staged?: boolean };

/** `argv` without `report`. `undefined` when it asked for help. Throws a CliError of one line for what it does not know. */
export function parseReportArguments(argv: readonly string[], writeHelp: (text: string) => void): ReportArguments | undefined {
  const command = describeReport().configureOutput({ writeOut: writeHelp, outputError: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    if (error.code === 'commander.missingArgument') throw new CliError('report needs paths, as in lifecycle-codemod report src');
    throw new CliError(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ').replace('(Did', '(did'));
  }
  const { html, preset, since, staged, format, json } = command.opts<Options>();
  if (html === '') throw new CliError('--html needs the name of a file');
  return { paths: command.args, html, preset, since, staged: staged ?? false, format: json === true ? 'json' : format };
}
