import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findRepository } from '../version-control/find-repository.ts';
import { FORMATTER_NAMES, type FormatterName, FORMATTERS } from './formatter.ts';
import { readJsonObject } from '../settings/read-project.ts';

/** A formatter, and the folder whose configuration or package.json names it: the one to run it in. */
export interface FoundFormatter {
  readonly name: FormatterName;
  readonly folder: string;
}

/** Finds the formatter of each file: the one that the nearest configuration is for, or else the one that the nearest package.json lists. */
export class FormatterFinder {
  readonly #known = new Map<string, readonly FormatterName[]>();

  /** The one that is named wherever it is set up, or any. Several where a folder has the configurations of several. */
  find(file: string, named: FormatterName | undefined): readonly FoundFormatter[] {
    const folders = foldersAbove(dirname(file));
    const isWanted = (name: FormatterName): boolean => named === undefined || name === named;
    for (const source of ['config', 'package'] as const) {
      for (const folder of folders) {
        const found = this.#namesIn(folder, source).filter(isWanted);
        if (found.length > 0) return found.map((name) => ({ name, folder }));
      }
    }
    return [];
  }

  #namesIn(folder: string, source: 'config' | 'package'): readonly FormatterName[] {
    const key = `${source} ${folder}`;
    let names = this.#known.get(key);
    if (names === undefined) {
      names = source === 'config' ? configuredIn(folder) : listedIn(folder);
      this.#known.set(key, names);
    }
    return names;
  }
}

/** The command of a formatter as it is installed for a folder. */
export function commandOf({ name, folder }: FoundFormatter): string | undefined {
  return foldersAbove(folder, '').map((above) => join(above, 'node_modules', '.bin', name)).find((path) => existsSync(path));
}

/** From the folder itself up to the root of its repository; without one, up to the root of the disk. */
function foldersAbove(folder: string, root = findRepository(folder)): readonly string[] {
  const folders = [folder];
  for (let above = folder; above !== root && above !== dirname(above); ) {
    above = dirname(above);
    folders.push(above);
  }
  return folders;
}

function configuredIn(folder: string): readonly FormatterName[] {
  const files = readdirSync(folder);
  const inManifest = manifestOf(folder)['prettier'] !== undefined;
  return FORMATTER_NAMES.filter((name) => files.some(FORMATTERS[name].isConfig) || (name === 'prettier' && inManifest));
}

function listedIn(folder: string): readonly FormatterName[] {
  const { dependencies, devDependencies } = manifestOf(folder);
  const listed = Object.keys({ ...Object(dependencies), ...Object(devDependencies) } as object);
  return FORMATTER_NAMES.filter((name) => listed.includes(FORMATTERS[name].packageName));
}

/** Whoever plans a file has said already if its package.json is no JSON. */
function manifestOf(folder: string): Readonly<Record<string, unknown>> {
  const path = join(folder, 'package.json');
  try {
    return existsSync(path) ? readJsonObject(path) : {};
  } catch {
    return {};
  }
}
