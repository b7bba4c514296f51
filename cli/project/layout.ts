import { ts } from 'ts-morph';
import { rulesAbove } from '../files/ignore-rules.ts';
import { isSourceName } from '../files/source-name.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { walk } from '../files/walk.ts';
import { ConfigReader, type Config } from './config.ts';
import { ConfigSearch, foldersAbove } from './config-search.ts';
import { type Package, Packages } from './packages.ts';
import { ProjectError } from './project-error.ts';
import type { Texts } from './texts.ts';

/** Which files are in the project, and what each is compiled with. */
export interface Layout {
  readonly configs: ReadonlySet<Config>;
  /** Every source file with its config: the one that includes it, or the nearest. */
  readonly owners: ReadonlyMap<string, Config>;
  readonly packages: Packages;
  /** The packages that are imported by name and lie here. */
  readonly members: readonly Package[];
  readonly search: ConfigSearch;
}

/**
 * The files that were asked for, the tsconfig.json of each, what that references, and all that may use them: the rest of their workspace, and
 * what the outermost tsconfig.json that leads to them references.
 */
export function layOut(asked: readonly string[], texts: Texts): Layout {
  const packages = new Packages();
  const reader = new ConfigReader(texts);
  const search = new ConfigSearch(reader, packages);
  const drawing = new Drawing(packages, reader, search);
  for (const file of asked) drawing.addAsked(file);
  return drawing.finish();
}

class Drawing {
  readonly #packages: Packages;
  readonly #reader: ConfigReader;
  readonly #search: ConfigSearch;
  readonly #configs = new Set<Config>();
  readonly #owners = new Map<string, Config>();
  readonly #members = new Set<Package>();
  /** The folders below which all is looked at. */
  readonly #roots = new Set<string>();
  readonly #seenPackages = new Set<Package | undefined>();

  constructor(packages: Packages, reader: ConfigReader, search: ConfigSearch) {
    this.#packages = packages;
    this.#reader = reader;
    this.#search = search;
  }

  addAsked(file: string): void {
    const { config } = this.#search.ownerOf(file);
    this.#owners.set(file, config);
    this.#addConfig(config);
    const own = this.#packages.packageOf(file);
    if (this.#seenPackages.has(own)) return;
    this.#seenPackages.add(own);
    if (own === undefined) this.#roots.add(config.folder);
    else this.#addMember(own);
    this.#addSolutionsOver(file, config);
    const workspace = this.#packages.workspaceOf(file);
    for (const member of workspace?.members ?? []) this.#addMember(member);
    if (workspace !== undefined) this.#roots.add(workspace.root);
  }

  finish(): Layout {
    for (const config of this.#configs) {
      const own = this.#packages.packageOf(`${config.folder}/tsconfig.json`);
      if (own !== undefined) this.#members.add(own);
      for (const file of config.files) this.#addFile(file, config);
    }
    for (const root of this.#outermostRoots()) {
      walk(root, rulesAbove(root, root), { visit: (file) => this.#addLoose(toSlashes(file)), fail: () => undefined });
    }
    return { configs: this.#configs, owners: this.#owners, packages: this.#packages, members: [...this.#members], search: this.#search };
  }

  #addConfig(config: Config): void {
    for (const each of this.#reader.withReferenced(config)) this.#configs.add(each);
  }

  #addMember(member: Package): void {
    this.#members.add(member);
    this.#roots.add(member.folder);
    const path = `${member.folder}/tsconfig.json`;
    if (ts.sys.fileExists(path)) this.#addConfig(this.#reader.read(path));
  }

  /** A tsconfig.json further up that leads to this one leads to others that may use it. */
  #addSolutionsOver(file: string, config: Config): void {
    for (const folder of foldersAbove(file)) {
      const path = `${folder}/tsconfig.json`;
      if (!ts.sys.fileExists(path)) continue;
      const reached = this.#reachedFrom(path);
      if (reached.size > 1 && reached.has(config)) for (const each of reached) this.#configs.add(each);
    }
  }

  /** Those above that cannot be read have nothing to do with the file, or its own would have failed. */
  #reachedFrom(path: string): ReadonlySet<Config> {
    try {
      return this.#reader.withReferenced(this.#reader.read(path));
    } catch (error) {
      if (error instanceof ProjectError) return new Set();
      throw error;
    }
  }

  #outermostRoots(): readonly string[] {
    for (const { folder } of this.#members) this.#roots.add(folder);
    return [...this.#roots].filter((root) => ![...this.#roots].some((other) => other !== root && root.startsWith(`${other}/`)));
  }

  #addFile(file: string, config: Config): void {
    if (this.#owners.has(file) || !isSourceName(file) || file.includes('/node_modules/')) return;
    const nearest = this.#ownerOf(file);
    this.#owners.set(file, nearest !== undefined && this.#configs.has(nearest) && nearest.files.has(file) ? nearest : config);
  }

  /** A file in no tsconfig.json, such as a test, may use what others declare as well. Only a module can. */
  #addLoose(file: string): void {
    const own = this.#packages.packageOf(file);
    if (this.#owners.has(file) || (own !== undefined && !this.#members.has(own))) return;
    const owner = this.#ownerOf(file);
    if (owner === undefined || !/\b(?:export|exports|import|require)\b/.test(ts.sys.readFile(file) ?? '')) return;
    this.#owners.set(file, owner);
    this.#configs.add(owner);
  }

  #ownerOf(file: string): Config | undefined {
    try {
      return this.#search.ownerOf(file).config;
    } catch (error) {
      if (error instanceof ProjectError) return undefined;
      throw error;
    }
  }
}
