import { posix } from 'node:path';
import { ts } from 'ts-morph';
import picomatch from 'picomatch';
import { findRepository } from '../version-control/find-repository.ts';
import { readJsonObject } from '../settings/read-project.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { foldersAbove } from './config-search.ts';
import { ProjectError } from './project-error.ts';
import { isRecord } from '../is-record.ts';

export interface Package {
  readonly folder: string;
  readonly name: string | undefined;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Reads each package.json once. */
export class Packages {
  readonly #known = new Map<string, Package | undefined>();

  /** The package in a folder. One that only says `type`, as build output has them, is none. Throws a ProjectError for a package.json that is no JSON. */
  packageIn(folder: string): Package | undefined {
    if (!this.#known.has(folder)) this.#known.set(folder, readPackage(folder));
    return this.#known.get(folder);
  }

  packageOf(file: string): Package | undefined {
    for (const folder of foldersAbove(file)) {
      const found = this.packageIn(folder);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The outermost folder above the file, in its repository, whose workspaces the package of the file is one of, and all of those. */
  workspaceOf(file: string): { readonly root: string; readonly members: readonly Package[] } | undefined {
    const own = this.packageOf(file);
    if (own === undefined) return undefined;
    const repository = toSlashes(findRepository(own.folder) ?? '');
    const above = foldersAbove(`${own.folder}/package.json`).filter((folder) => folder.startsWith(repository));
    for (const root of above.reverse()) {
      const globs = this.#workspacesIn(root);
      if (globs.length === 0) continue;
      const members = this.#membersOf(root, globs);
      if (root === own.folder || members.includes(own)) return { root, members };
    }
    return undefined;
  }

  #workspacesIn(folder: string): readonly string[] {
    const declared = this.packageIn(folder)?.manifest['workspaces'];
    const ofPackages = isRecord(declared) ? declared['packages'] : declared;
    const pnpm = ts.sys.readFile(`${folder}/pnpm-workspace.yaml`);
    return [...(Array.isArray(ofPackages) ? ofPackages.filter((glob) => typeof glob === 'string') : []), ...(pnpm === undefined ? [] : pnpmGlobs(pnpm))];
  }

  #membersOf(root: string, globs: readonly string[]): readonly Package[] {
    const plain = globs.map((glob) => glob.replace(/^(!?)\.?\//, '$1').replace(/\/$/, ''));
    const matches = picomatch(plain.filter((glob) => !glob.startsWith('!')), { ignore: plain.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)) });
    const manifests = ts.sys.readDirectory(root, ['.json'], ['**/node_modules', '**/dist', '**/.*'], ['**/package.json']);
    const folders = manifests.map((path) => posix.dirname(path)).filter((folder) => folder === root || matches(folder.slice(root.length + 1)));
    return folders.map((folder) => this.packageIn(folder)).filter((found) => found !== undefined);
  }
}

function readPackage(folder: string): Package | undefined {
  const path = `${folder}/package.json`;
  if (!ts.sys.fileExists(path)) return undefined;
  let manifest;
  try {
    manifest = readJsonObject(path);
  } catch (error) {
    throw new ProjectError(`${error instanceof Error ? error.message : path}. Correct it, then run again`);
  }
  if (Object.keys(manifest).every((key) => key === 'type' || key === 'sideEffects')) return undefined;
  return { folder, name: typeof manifest['name'] === 'string' ? manifest['name'] : undefined, manifest };
}

/** The list under `packages:`, which pnpm writes as a block or in brackets. */
function pnpmGlobs(yaml: string): readonly string[] {
  const block = /^packages:[ \t]*(?:\[([^\]]*)\]|(?:#.*)?\r?\n((?:[ \t]*(?:-.*|#.*)?(?:\r?\n|$))*))/m.exec(yaml);
  const items = block?.[1]?.split(',') ?? block?.[2]?.split('\n').filter((line) => /^\s*-/.test(line)) ?? [];
  return items.map((item) => /^\s*(?:-\s+)?(?:'([^']*)'|"([^"]*)"|([^\s#]+))/.exec(item)).map((match) => match?.[1] ?? match?.[2] ?? match?.[3] ?? '').filter((glob) => glob !== '');
}
