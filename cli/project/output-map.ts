import { posix } from 'node:path';
import { isDeclarationName, isSourceName } from '../files/source-name.ts';
import type { Config } from './config.ts';
import type { Package } from './packages.ts';

/** Output that stands in a folder of its own, and its source, which has the other extension and stands below another folder. */
interface Way {
  readonly out: string;
  readonly root: string;
}

/** Tells from which source a file of a package's output is made, built or not. */
export class OutputMap {
  readonly #isSource: (path: string) => boolean;
  readonly #ways: readonly Way[];

  constructor(configs: Iterable<Config>, isSource: (path: string) => boolean) {
    this.#isSource = isSource;
    this.#ways = Array.from(configs, waysOf).flat().sort((a, b) => b.out.length - a.out.length);
  }

  /** `path` may hold one `*`, which then stands in what is returned. */
  sourceOf(path: string, { folder }: Pick<Package, 'folder'>): string | undefined {
    return this.#candidates(path, folder).find((candidate) => this.#isSource(candidate));
  }

  /** What a pattern such as `./dist/*.js` may come from, as patterns of sources. */
  *patternsOf(path: string, folder: string): Iterable<string> {
    yield* this.#candidates(path, folder);
  }

  #candidates(path: string, folder: string): readonly string[] {
    const places = this.#ways.filter(({ out }) => path.startsWith(`${out}/`)).map(({ out, root }) => root + path.slice(out.length));
    return [path, ...[...places, path, ...usualPlaces(path, folder)].flatMap(withSourceExtensions)].filter(isSourceName);
  }
}

function waysOf({ options, files, folder, path }: Config): readonly Way[] {
  const outs = [options.outDir, options.declarationDir].filter((out) => out !== undefined);
  if (outs.length === 0 || path === undefined) return [];
  const root = options.rootDir ?? (options.composite === true ? folder : commonFolder([...files].filter((file) => !isDeclarationName(file))));
  return outs.map((out) => ({ out: out.replace(/\/$/, ''), root: (root ?? folder).replace(/\/$/, '') }));
}

function commonFolder([first, ...others]: readonly string[]): string | undefined {
  if (first === undefined) return undefined;
  let folder = posix.dirname(first);
  while (others.some((file) => !file.startsWith(`${folder}/`))) folder = posix.dirname(folder);
  return folder;
}

/** `dist/x`, `dist/esm/x` and `dist/src/x` mostly come from `src/x` or `x`. */
function usualPlaces(path: string, folder: string): readonly string[] {
  const parts = path.slice(folder.length + 1).split('/');
  return [1, 2].filter((count) => count < parts.length).flatMap((count) => {
    const rest = parts.slice(count).join('/');
    return [`${folder}/src/${rest}`, `${folder}/${rest}`];
  });
}

function withSourceExtensions(path: string): readonly string[] {
  const match = /^(.*?)(?:\.d\.([cm]?)ts|\.([cm]?)[jt]sx?)$/.exec(path);
  if (match === null) return [];
  const [, stem = '', declared, run = ''] = match;
  const letter = declared ?? run;
  const kinds = letter === '' ? ['ts', 'tsx', 'js', 'jsx', 'mts', 'cts'] : [`${letter}ts`, 'ts', 'tsx', `${letter}js`];
  return kinds.map((kind) => `${stem}.${kind}`);
}
