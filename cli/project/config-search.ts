import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { Config, ConfigReader } from './config.ts';
import type { Packages } from './packages.ts';

/** The tsconfig.json that a file is compiled with, and whether it includes the file or is only the nearest above it. */
export interface Owner {
  readonly config: Config;
  readonly includes: boolean;
}

/** Finds the tsconfig.json of a file. */
export class ConfigSearch {
  readonly #reader: ConfigReader;
  readonly #packages: Packages;
  readonly #candidates = new Map<string, readonly Config[]>();

  constructor(reader: ConfigReader, packages: Packages) {
    this.#reader = reader;
    this.#packages = packages;
  }

  /**
   * The nearest above the file that includes it, itself or by one that it references; next, another tsconfig.*.json beside it that does.
   * Throws a ProjectError for one on the way that cannot be read.
   */
  ownerOf(file: string): Owner {
    let nearest: Config | undefined;
    for (const folder of foldersAbove(file)) {
      const candidates = this.#candidatesIn(folder);
      const config = candidates.find(({ files }) => files.has(file));
      if (config !== undefined) return { config, includes: true };
      nearest ??= candidates.find(({ files }) => files.size > 0);
    }
    if (nearest !== undefined) return { config: nearest, includes: false };
    const implied = this.#reader.impliedFor(this.#packages.packageOf(file)?.folder ?? posix.dirname(file));
    return { config: implied, includes: implied.files.has(file) };
  }

  #candidatesIn(folder: string): readonly Config[] {
    const known = this.#candidates.get(folder);
    if (known !== undefined) return known;
    const main = `${folder}/tsconfig.json`;
    const found = ts.sys.fileExists(main) ? [...this.#reader.withReferenced(this.#reader.read(main))] : [];
    const others = besides(folder).filter((path) => found.every((config) => config.path !== path));
    // One that says nothing of its files is there for others to extend.
    if (others.length > 0) found.push(...others.map((path) => this.#reader.read(path)).filter(({ isSelective }) => isSelective));
    this.#candidates.set(folder, found);
    return found;
  }
}

export function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    folders.push(folder === '/' ? '' : folder);
    // Above `C:` on Windows stands `.`, which is somewhere else.
    if ([folder, '.'].includes(posix.dirname(folder))) return folders;
  }
}

function besides(folder: string): readonly string[] {
  const names = ts.sys.readDirectory(`${folder}/`, ['.json'], undefined, ['tsconfig.*.json', 'jsconfig.json'], 1);
  return names.filter((path) => posix.dirname(path) === folder).sort();
}
