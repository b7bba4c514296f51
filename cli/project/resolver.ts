import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { Config } from './config.ts';
import { entrySource } from './entries.ts';
import type { OutputMap } from './output-map.ts';
import type { Package, Packages } from './packages.ts';
import type { Texts } from './texts.ts';

export interface ResolverParts {
  readonly texts: Texts;
  readonly packages: Packages;
  readonly members: readonly Package[];
  readonly outputs: OutputMap;
  /** The config of a file of the project; undefined for others. */
  readonly configOf: (file: string) => Config | undefined;
}

/**
 * Resolves imports as the config of the importing file says, and those of the project's own packages to their sources,
 * though nothing is built, linked or installed.
 */
export class Resolver {
  readonly #parts: ResolverParts;
  readonly #byName: ReadonlyMap<string, Package>;
  readonly #host: ts.ModuleResolutionHost;
  readonly #caches = new Map<ts.CompilerOptions, ts.ModuleResolutionCache>();
  readonly #known = new Map<string, ts.ResolvedModuleFull | undefined>();

  constructor(parts: ResolverParts) {
    this.#parts = parts;
    this.#byName = new Map(parts.members.flatMap((member) => (member.name === undefined ? [] : [[member.name, member]])));
    const { texts } = parts;
    this.#host = {
      fileExists: (path) => texts.exists(path),
      readFile: (path) => texts.read(path),
      directoryExists: (path) => texts.hasFolder(path),
      getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
      getDirectories: (path) => ts.sys.getDirectories(path),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
      useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    };
  }

  resolve(literal: ts.StringLiteralLike, source: ts.SourceFile, fallback: ts.CompilerOptions): ts.ResolvedModuleFull | undefined {
    const options = this.#parts.configOf(source.fileName)?.options ?? fallback;
    const mode = ts.getModeForUsageLocation(source, literal, options);
    const cache = this.#cacheFor(options);
    const name = literal.text;
    const resolved = ts.resolveModuleName(name, source.fileName, options, this.#host, cache, undefined, mode).resolvedModule;
    if (resolved !== undefined && this.#parts.configOf(resolved.resolvedFileName) !== undefined) return resolved;
    return this.#ownSource(name) ?? this.#sourceOfOutput(resolved?.resolvedFileName) ?? resolved;
  }

  #cacheFor(options: ts.CompilerOptions): ts.ModuleResolutionCache {
    const isCaseSensitive = ts.sys.useCaseSensitiveFileNames;
    const cache = this.#caches.get(options) ?? ts.createModuleResolutionCache(ts.sys.getCurrentDirectory(), (name) => (isCaseSensitive ? name : name.toLowerCase()), options);
    this.#caches.set(options, cache);
    return cache;
  }

  /** For the name of one of the project's packages, or of something in one. */
  #ownSource(name: string): ts.ResolvedModuleFull | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const parts = name.split('/');
    const packageName = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
    const member = this.#byName.get(packageName);
    const source = member === undefined ? undefined : entrySource(member, `.${name.slice(packageName.length)}`, this.#parts.outputs, (path) => this.#parts.texts.exists(path));
    const resolved = source === undefined ? undefined : asResolved(source);
    this.#known.set(name, resolved);
    return resolved;
  }

  /** For what is built and lies outside node_modules. */
  #sourceOfOutput(path: string | undefined): ts.ResolvedModuleFull | undefined {
    if (path === undefined || path.includes('/node_modules/')) return undefined;
    const source = this.#parts.outputs.sourceOf(path, this.#parts.packages.packageOf(path) ?? { folder: posix.dirname(path) });
    return source === undefined || source === path ? undefined : asResolved(source);
  }
}

function asResolved(path: string): ts.ResolvedModuleFull {
  return { resolvedFileName: path, extension: /\.[^.]+$/.exec(path)?.[0] ?? '.ts', isExternalLibraryImport: false };
}
