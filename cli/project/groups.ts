import { ts } from 'ts-morph';
import type { Config } from './config.ts';

/** Configs that compile alike, so that one program can hold the files of all. */
export interface Group {
  readonly options: ts.CompilerOptions;
  /** The source files, and the declaration files that a tsconfig.json lists. */
  readonly roots: ReadonlySet<string>;
  /** The source files. */
  readonly files: ReadonlySet<string>;
}

/** Where things are put, and how names are resolved, which is done config by config, does not make programs differ. */
const APART = new Set([
  'baseUrl', 'composite', 'configFile', 'configFilePath', 'customConditions', 'declaration', 'declarationDir', 'declarationMap', 'incremental', 'inlineSources', 'noEmit',
  'outDir', 'paths', 'pathsBasePath', 'rootDir', 'rootDirs', 'sourceMap', 'sourceRoot', 'tsBuildInfoFile', 'typeRoots',
]);

export function groupsOf(owners: ReadonlyMap<string, Config>): readonly Group[] {
  const byConfig = new Map<Config, string[]>();
  for (const [file, config] of owners) {
    const files = byConfig.get(config) ?? [];
    files.push(file);
    byConfig.set(config, files);
  }
  const groups = new Map<string, { options: ts.CompilerOptions; roots: Set<string>; files: Set<string> }>();
  for (const [{ options, files: listed }, files] of byConfig) {
    const compiled = compilable(options);
    const key = keyOf(compiled);
    const group = groups.get(key) ?? { options: compiled, roots: new Set(), files: new Set() };
    groups.set(key, group);
    for (const file of files) group.files.add(file).add(file);
    for (const file of [...listed].filter((each) => /\.d\.[cm]?ts$/.test(each)).concat(files)) group.roots.add(file);
  }
  return Array.from(groups.values(), ({ options, roots, files }) => ({ options: withJavaScript(options, files), roots, files }));
}

/** The options of one program for the files of all groups: it is asked for names and types, never for errors. */
export function unionOf(groups: readonly Group[]): Group {
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) return only;
  const typeRoots = groups.flatMap(({ options }) => options.typeRoots ?? []);
  const types = groups.flatMap(({ options }) => options.types ?? ['*']);
  const options: ts.CompilerOptions = {
    allowImportingTsExtensions: true,
    allowJs: true,
    allowSyntheticDefaultImports: true,
    esModuleInterop: true,
    experimentalDecorators: groups.some((group) => group.options.experimentalDecorators === true),
    jsx: ts.JsxEmit.Preserve,
    lib: [...new Set(groups.flatMap((group) => group.options.lib ?? [ts.getDefaultLibFileName(group.options)]).concat('lib.esnext.disposable.d.ts'))],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ESNext,
    typeRoots: [...new Set(typeRoots)],
    types: [...new Set(types)],
  };
  return { options, roots: new Set(groups.flatMap(({ roots }) => [...roots])), files: new Set(groups.flatMap(({ files }) => [...files])) };
}

function compilable(options: ts.CompilerOptions): ts.CompilerOptions {
  const typeRoots = ts.getEffectiveTypeRoots(options, {})?.filter((folder) => ts.sys.directoryExists(folder));
  const kept = Object.fromEntries(Object.entries(options).filter(([name]) => !APART.has(name)));
  return { ...kept, ...(typeRoots === undefined ? {} : { typeRoots }), noEmit: true, skipLibCheck: true };
}

function keyOf(options: ts.CompilerOptions): string {
  return JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withJavaScript(options: ts.CompilerOptions, files: ReadonlySet<string>): ts.CompilerOptions {
  return [...files].some((file) => /\.[cm]?jsx?$/.test(file)) ? { ...options, allowJs: true } : options;
}
