import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { rulesAbove } from '../files/ignore-rules.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { walk } from '../files/walk.ts';
import { ProjectError } from './project-error.ts';
import type { Texts } from './texts.ts';
import { withDefaults } from './typescript-defaults.ts';

/** What a tsconfig.json says, or what is taken for said where there is none. */
export interface Config {
  /** Undefined where there is no such file. */
  readonly path: string | undefined;
  readonly folder: string;
  readonly options: ts.CompilerOptions;
  readonly files: ReadonlySet<string>;
  /** The tsconfig.json files that it references. */
  readonly references: readonly string[];
  /** Whether it names its files itself, and does not take all that lie below it because nothing is said. */
  readonly isSelective: boolean;
  /** The tsconfig.json in which `lib` stands; itself where none of those that it extends has it. */
  readonly libConfig: string | undefined;
}

/** "File not found" and the like, of what it extends; and a circle of those. With other errors the rest can still be used. */
const FATAL = new Set([5012, 5014, 5083, 6053, 18_000]);
const MISSING = new Set([5012, 5083, 6053]);

/** Reads each tsconfig.json once. */
export class ConfigReader {
  readonly #texts: Texts;
  readonly #read = new Map<string, Config>();
  readonly #implied = new Map<string, Config>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Throws a ProjectError for a file that cannot be read or understood. */
  read(path: string): Config {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const config = readConfig(path, this.#texts);
    this.#read.set(path, config);
    return config;
  }

  /** The config, and those that it references, and so on. */
  withReferenced(config: Config, seen = new Set<Config>()): Set<Config> {
    if (seen.has(config)) return seen;
    seen.add(config);
    for (const path of config.references) {
      if (!ts.sys.fileExists(path)) {
        throw new ProjectError(`${config.path ?? config.folder} references ${path}, which does not exist: correct or remove the reference`);
      }
      this.withReferenced(this.read(path), seen);
    }
    return seen;
  }

  /** For the plain JavaScript, and what else has no tsconfig.json, below a folder. */
  impliedFor(folder: string): Config {
    const known = this.#implied.get(folder) ?? implyConfig(folder);
    this.#implied.set(folder, known);
    return known;
  }
}

function readConfig(path: string, texts: Texts): Config {
  const unreadable = (problem: ts.Diagnostic) => {
    throw new ProjectError(`${path} cannot be used: ${firstLine(problem)}. Correct it, then run again`);
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, undefined, {
    ...ts.sys,
    readFile: (file) => texts.read(file),
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    onUnRecoverableConfigFileDiagnostic: unreadable,
  });
  if (parsed === undefined) throw new ProjectError(`${path} cannot be read`);
  const source = parsed.options['configFile'] as ts.TsConfigSourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const [fatal] = [...source.parseDiagnostics, ...parsed.errors.filter(({ code, file }) => FATAL.has(code) || (code < 2000 && file !== undefined))];
  if (fatal !== undefined) throw new ProjectError(describeFatal(path, fatal));
  const raw = parsed.raw as { readonly files?: unknown; readonly include?: unknown; readonly compilerOptions?: { readonly lib?: unknown } };
  return {
    path,
    folder: posix.dirname(path),
    options: withDefaults(parsed.options, posix.dirname(path)),
    files: new Set(parsed.fileNames),
    references: parsed.projectReferences?.map((reference) => ts.resolveProjectReferencePath(reference)) ?? [],
    isSelective: raw.files !== undefined || raw.include !== undefined,
    libConfig: raw.compilerOptions?.lib === undefined ? (extendedWithLib(source, texts) ?? path) : path,
  };
}

function describeFatal(path: string, problem: ts.Diagnostic): string {
  const text = firstLine(problem).replace(/\.$/, '');
  if (MISSING.has(problem.code)) {
    return `${path} extends what is not there (${text}): install the packages of the project or correct the name, then run again`;
  }
  const { file, start } = problem;
  const place = file === undefined || start === undefined ? path : `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}`;
  return `${place} is not a valid tsconfig.json: ${text}. Correct it, then run again`;
}

function firstLine(problem: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(problem.messageText, ' ').split('\n', 1)[0] ?? '';
}

function extendedWithLib(source: ts.TsConfigSourceFile, texts: Texts): string | undefined {
  return source.extendedSourceFiles?.find((path) => {
    if (path.includes('/node_modules/')) return false;
    const raw = ts.readConfigFile(path, (file) => texts.read(file)).config as { readonly compilerOptions?: { readonly lib?: unknown } } | undefined;
    return raw?.compilerOptions?.lib !== undefined;
  });
}

function implyConfig(folder: string): Config {
  const files = new Set<string>();
  walk(folder, rulesAbove(folder, folder), { visit: (file) => files.add(toSlashes(file)), fail: () => undefined });
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: false,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  return { path: undefined, folder, options, files, references: [], isSelective: false, libConfig: undefined };
}
