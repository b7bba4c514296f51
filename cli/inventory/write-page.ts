import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { describeError } from '../problem.ts';
import { createFile, replaceFile } from '../writing/replace-file.ts';

const OPENING = '<!doctype html>';

/** Throws a CliError where a page cannot be written, or would take the place of something that is no page. */
export function checkPagePath(name: string, cwd: string): void {
  const path = resolve(cwd, name);
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) throw new CliError(`--html ${name}: there is no folder ${dirname(path)}`);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isFile()) throw new CliError(`--html ${name} is no file; name one, as in --html lifecycle.html`);
  const text = readFileSync(path, 'utf8');
  if (text !== '' && !text.toLowerCase().startsWith(OPENING)) throw new CliError(`--html ${name} exists and is no HTML page: choose another name`);
}

/** In one step, so that nobody sees half a page. */
export function writePage(name: string, cwd: string, page: string): void {
  const path = resolve(cwd, name);
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) createFile(path, page);
    else replaceFile(path, page);
  } catch (error) {
    throw new CliError(`--html ${name} cannot be written: ${describeError(error)}`);
  }
}
