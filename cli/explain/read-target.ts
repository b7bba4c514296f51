import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { suggest } from '../arguments/did-you-mean.ts';
import { describeError } from '../problem.ts';
import { quoteName } from '../files/quote-name.ts';
import { readSource } from '../files/read-source.ts';
import { isSourceName } from '../files/source-name.ts';

export interface Target {
  /** As the user calls it. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
  /** The class that is asked for. */
  readonly className: string | undefined;
}

/** Reads the file that `file.ts` or `file.ts:Class` names. Throws a CliError that says what is wrong with it. */
export function readTarget(given: string, cwd: string): Target {
  const { name, className } = splitTarget(given, cwd);
  const path = resolve(cwd, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new CliError(`${quoteName(name)}: there is no such file${suggest(basename(name), neighbours(path))}`);
  if (stats.isDirectory()) throw new CliError(`${quoteName(name)} is a folder: explain takes files; lifecycle-codemod report ${quoteName(name)} lists the services in it`);
  if (!isSourceName(path)) throw new CliError(`${quoteName(name)}: explain reads TypeScript and JavaScript, and no declarations`);
  try {
    const source = readSource(path, () => true);
    if (source.kind === 'text') return { name, path, text: source.text, className };
    throw new CliError(`${quoteName(name)}: ${source.kind === 'unwanted' ? 'cannot be read' : source.why}`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${quoteName(name)}: ${describeError(error)}`);
  }
}

/** What stands behind the last colon is a class, unless there is a file of the whole name. */
function splitTarget(given: string, cwd: string): { readonly name: string; readonly className: string | undefined } {
  const at = given.lastIndexOf(':');
  const isPath = at === -1 || statSync(resolve(cwd, given), { throwIfNoEntry: false }) !== undefined || /[/\\]/.test(given.slice(at));
  if (isPath) return { name: given, className: undefined };
  const className = given.slice(at + 1);
  if (className === '') throw new CliError(`${quoteName(given)}: there is no class behind the colon`);
  return { name: given.slice(0, at), className };
}

/** The names beside a path. */
function neighbours(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path)).filter(isSourceName);
  } catch {
    return [];
  }
}
