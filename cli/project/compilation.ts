import { ts } from 'ts-morph';
import { isDeclarationName } from '../source-name.ts';
import { LIB_FOLDER } from './lib-texts.ts';
import type { Resolver } from './resolver.ts';
import type { Texts } from './texts.ts';

/** What the compiler is given. */
export interface Inputs {
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly texts: Texts;
  readonly resolver: Resolver;
  /** Declaration files, which read the same whatever the options are. */
  readonly declarations: Map<string, ts.SourceFile>;
}

/** Files that have been parsed, by path, for one set of options. */
type Parsed = Map<string, ts.SourceFile>;

/** A program and what it takes to make the next one from it, after some of its files have changed. */
export class Compilation {
  readonly program: ts.Program;
  readonly #parsed: Parsed;
  #builder: ts.SemanticDiagnosticsBuilderProgram | undefined;
  /** Let go as soon as all that it has found is taken over: a chain of programs would fill the memory. */
  #before: Compilation | undefined;

  constructor(inputs: Inputs, before?: Compilation) {
    this.#before = before;
    this.#parsed = new Map(before === undefined ? [] : before.#parsed);
    this.program = ts.createProgram({
      rootNames: inputs.roots,
      options: inputs.options,
      host: hostOf(inputs, this.#parsed),
      ...(before === undefined ? {} : { oldProgram: before.program }),
    });
  }

  get checker(): ts.TypeChecker {
    return this.program.getTypeChecker();
  }

  /** Syntactic and semantic; what earlier compilations have found is kept where no change reaches. */
  problemsIn(file: ts.SourceFile): readonly ts.Diagnostic[] {
    this.#builder ??= this.#makeBuilder();
    return [...this.program.getSyntacticDiagnostics(file), ...this.#builder.getSemanticDiagnostics(file)];
  }

  #makeBuilder(): ts.SemanticDiagnosticsBuilderProgram {
    const earlier = this.#before === undefined ? undefined : this.#before.#builder;
    const builder = ts.createSemanticDiagnosticsBuilderProgram(this.program, { createHash: (text) => ts.sys.createHash?.(text) ?? text }, earlier);
    while (builder.getSemanticDiagnosticsOfNextAffectedFile() !== undefined); // until then it tells what was found earlier
    this.#before = undefined;
    return builder;
  }
}

function hostOf({ options, texts, resolver, declarations }: Inputs, parsed: Parsed): ts.CompilerHost {
  const isCaseSensitive = ts.sys.useCaseSensitiveFileNames;
  return {
    getSourceFile: (path, how) => sourceFile(path, how, texts.read(path), isDeclarationName(path) ? declarations : parsed),
    getDefaultLibFileName: (of) => `${LIB_FOLDER}/${ts.getDefaultLibFileName(of)}`,
    getDefaultLibLocation: () => LIB_FOLDER,
    fileExists: (path) => texts.exists(path),
    readFile: (path) => texts.read(path),
    directoryExists: (path) => texts.hasFolder(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
    getCanonicalFileName: (name) => (isCaseSensitive ? name : name.toLowerCase()),
    useCaseSensitiveFileNames: () => isCaseSensitive,
    getNewLine: () => '\n',
    writeFile: () => {
      throw new Error('a project is only read');
    },
    resolveModuleNameLiterals: (literals, _file, _redirected, _options, source) =>
      literals.map((literal) => ({ resolvedModule: resolver.resolve(literal, source, options) })),
  };
}

function sourceFile(path: string, how: ts.CreateSourceFileOptions | ts.ScriptTarget, text: string | undefined, parsed: Parsed): ts.SourceFile | undefined {
  if (text === undefined) return undefined;
  const format = typeof how === 'object' ? how.impliedNodeFormat : undefined;
  const key = `${format ?? 0}:${path}`;
  const known = parsed.get(key);
  if (known?.text === text) return known;
  const file = ts.createSourceFile(path, text, how, true);
  // The builder asks for it, to see which files have changed.
  Object.assign(file, { version: ts.sys.createHash?.(text) ?? text });
  parsed.set(key, file);
  return file;
}
