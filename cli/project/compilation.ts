import { ts } from 'ts-morph';
import type { TypeProblem } from '../../model/project.ts';
import { isDeclarationName } from '../files/source-name.ts';
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

/** A program and what was found in it. Both are made when they are asked for. */
export class Compilation {
  readonly #inputs: Inputs;
  readonly #parsed: Parsed;
  #program: ts.Program | undefined;
  #problems: ReadonlyMap<string, readonly TypeProblem[]> | undefined;
  /** Let go as soon as all that it has found is taken over: a chain of programs would fill the memory. */
  #before: Compilation | undefined;

  constructor(inputs: Inputs, before?: Compilation) {
    this.#inputs = inputs;
    this.#before = before;
    this.#parsed = new Map(before === undefined ? [] : before.#parsed);
  }

  get program(): ts.Program {
    if (this.#program === undefined) {
      const oldProgram = this.#before === undefined ? undefined : this.#before.#program;
      const host = hostOf(this.#inputs, this.#parsed);
      this.#program = ts.createProgram({ rootNames: this.#inputs.roots, options: this.#inputs.options, host, ...(oldProgram !== undefined && { oldProgram }) });
    }
    return this.#program;
  }

  get checker(): ts.TypeChecker {
    return this.program.getTypeChecker();
  }

  /**
   * Syntactic and semantic problems by file; what was found before is kept where no change reaches. The program is let go then: a checker that
   * has looked at everything holds gigabytes, and most programs are asked for nothing else.
   */
  problemsIn(files: ReadonlySet<string>): ReadonlyMap<string, readonly TypeProblem[]> {
    this.#problems ??= this.#findProblems(files);
    return this.#problems;
  }

  #findProblems(files: ReadonlySet<string>): ReadonlyMap<string, readonly TypeProblem[]> {
    const before = this.#before;
    const known = before?.problemsIn(files);
    if (before !== undefined) before.#program = undefined;
    const { program } = this;
    const isReached = known === undefined ? () => true : this.#reachedBy(before === undefined ? [] : this.#changedSince(before));
    const found = [...files].flatMap((file) => {
      const source = program.getSourceFile(file);
      if (source === undefined) return [];
      const kept = isReached(file) ? undefined : known?.get(file);
      return [[file, kept ?? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((problem) => asTypeProblem(problem, source))] as const];
    });
    this.#before = undefined;
    this.#program = undefined;
    return new Map(found);
  }

  #changedSince(before: Compilation): readonly ts.SourceFile[] {
    const known = new Set(before.#parsed.values());
    return this.program.getSourceFiles().filter((file) => !isDeclarationName(file.fileName) && !known.has(file));
  }

  /** Whether a change may be felt in a file: it imports one of the changed, or one that does. */
  #reachedBy(changed: readonly ts.SourceFile[]): (file: string) => boolean {
    if (changed.some((file) => !ts.isExternalModule(file) || /\bdeclare\s+(?:global|module)\b/.test(file.text))) return () => true;
    const importers = importersIn(this.program, this.#inputs);
    const reached = new Set(changed.map(({ fileName }) => fileName));
    for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
    return (file) => reached.has(file);
  }
}

function importersIn(program: ts.Program, { resolver, options }: Inputs): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of program.getSourceFiles()) {
    const { imports = [] } = file as { readonly imports?: readonly ts.StringLiteralLike[] };
    for (const literal of imports) {
      const name = resolver.resolve(literal, file, options)?.resolvedFileName;
      if (name === undefined) continue;
      const known = importers.get(name);
      if (known === undefined) importers.set(name, [file.fileName]);
      else known.push(file.fileName);
    }
  }
  return importers;
}

function asTypeProblem({ start, messageText }: ts.Diagnostic, source: ts.SourceFile): TypeProblem {
  return {
    file: source.fileName,
    line: source.getLineAndCharacterOfPosition(start ?? 0).line + 1,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  };
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
  parsed.set(key, file);
  return file;
}
