import { ts } from 'ts-morph';
import { UnparsableError } from '../../codemods/codemod.ts';
import { parse } from '../../codemods/parse.ts';
import { instanceTypeOf } from '../../model/instance-type.ts';
import type { Place, Project, Target, TypeProblem } from '../../model/project.ts';
import type { Fact } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { TypeFacts } from '../../model/types.ts';
import { toSlashes } from '../files/to-slashes.ts';
import type { Config } from './config.ts';
import { Compilation, type Inputs } from './compilation.ts';
import { type Group, groupsOf, unionOf } from './groups.ts';
import type { Layout } from './layout.ts';
import type { OutputMap } from './output-map.ts';
import { nodeWithRange, placeOf } from './place.ts';
import { isPublishedBy } from './published.ts';
import { referencesTo } from './references.ts';
import type { Resolver } from './resolver.ts';
import { symbolsAt } from './symbols.ts';
import { targetOf } from './target.ts';
import type { Texts } from './texts.ts';

export interface LoadedParts {
  readonly layout: Layout;
  readonly texts: Texts;
  readonly resolver: Resolver;
  readonly outputs: OutputMap;
  readonly declarations: Inputs['declarations'];
  /** The same parts after some texts have changed, or come into being. */
  readonly changed: (texts: ReadonlyMap<string, string>) => LoadedParts;
}

/** What an earlier project has compiled, and what has changed since. */
interface Before {
  readonly project: LoadedProject;
  readonly changed: ReadonlySet<string>;
}

export class LoadedProject implements Project {
  readonly files: readonly string[];
  readonly #parts: LoadedParts;
  /** Let go once everything is compiled anew. */
  #before: Before | undefined;
  readonly #groups: readonly Group[];
  readonly #union: Group;
  readonly #compiled = new Map<number, Compilation>();
  readonly #sources = new Map<string, Source | undefined>();

  constructor(parts: LoadedParts, before?: Before) {
    this.#parts = parts;
    this.#before = before;
    this.files = [...parts.layout.owners.keys()].sort();
    this.#groups = groupsOf(parts.layout.owners);
    this.#union = unionOf(this.#groups);
  }

  readonly sourceOf = (file: string): Source | undefined => {
    if (!this.#sources.has(file)) this.#sources.set(file, this.#parse(file));
    return this.#sources.get(file);
  };

  readonly referencesTo = (declaration: Place): readonly Place[] => {
    const { program, checker } = this.#compiledUnion();
    const source = this.#sourceFile(declaration.file);
    if (source === undefined) return [];
    const files = this.files.map((file) => program.getSourceFile(file)).filter((file) => file !== undefined);
    return referencesTo(source, declaration.offset, files, checker);
  };

  readonly declarationOf = (name: Place): Place | undefined => {
    const source = this.#sourceFile(name.file);
    const [symbol, ...others] = source === undefined ? [] : symbolsAt(source, name.offset, this.#compiledUnion().checker);
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    if (declaration === undefined || others.length > 0 || ts.isSourceFile(declaration)) return undefined;
    const place = placeOf(declaration);
    return this.#parts.layout.owners.has(place.file) ? place : undefined;
  };

  readonly isPublished = (declaration: Place): Fact => {
    const { layout, outputs } = this.#parts;
    const owner = layout.packages.packageOf(declaration.file);
    const source = this.#sourceFile(declaration.file);
    if (owner === undefined || source === undefined) return 'unknown';
    const { program, checker } = this.#compiledUnion();
    return isPublishedBy(owner, symbolsAt(source, declaration.offset, checker), { program, files: this.files, outputs });
  };

  readonly targetOf = (file: string): Target => {
    const group = this.#groups.findIndex(({ files }) => files.has(file));
    const config = this.#configOf(file);
    return { ...targetOf(file, config, this.#compile(group).program, this.#parts.layout.packages), config: config.libConfig };
  };

  readonly typeProblems = (concerning?: Iterable<string>): readonly TypeProblem[] => {
    const wanted = concerning === undefined ? undefined : [...concerning];
    const problems = this.#groups.flatMap(({ files }, index) => {
      const compilation = this.#compile(index);
      if (wanted?.every((file) => compilation.program.getSourceFile(file) === undefined) === true) return [];
      return [...compilation.problemsIn(files).values()].flat();
    });
    return problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  };

  readonly withTexts = (texts: ReadonlyMap<string, string>): LoadedProject => {
    const named = new Map(Array.from(texts, ([file, text]) => [toSlashes(file), text]));
    return new LoadedProject(this.#parts.changed(named), { project: this, changed: new Set(named.keys()) });
  };

  #configOf(file: string): Config {
    const config = this.#parts.layout.owners.get(file);
    if (config === undefined) throw new Error(`${file} is not of the project`);
    return config;
  }

  #parse(file: string): Source | undefined {
    this.#configOf(file);
    const text = this.#parts.texts.read(file);
    if (text === undefined) return undefined;
    try {
      return { ...parse(file, text), types: this.#typesIn(file) };
    } catch (error) {
      if (error instanceof UnparsableError) return undefined;
      throw error;
    }
  }

  #typesIn(file: string): TypeFacts {
    return {
      typeOf: (expression) => {
        const source = this.#sourceFile(file);
        const node = source === undefined ? undefined : nodeWithRange(source, expression.range);
        if (node === undefined) return undefined;
        const { checker } = this.#compiledUnion();
        return instanceTypeOf(checker.getTypeAtLocation(node), checker);
      },
    };
  }

  #sourceFile(file: string): ts.SourceFile | undefined {
    return this.#compiledUnion().program.getSourceFile(file);
  }

  /** Where all compile alike, the program of all is that of the one group. */
  #compiledUnion(): Compilation {
    return this.#compile(this.#groups.length === 1 ? 0 : -1);
  }

  #compile(index: number): Compilation {
    const known = this.#compiled.get(index) ?? this.#makeCompilation(index);
    this.#compiled.set(index, known);
    if (this.#compiled.size === (this.#groups.length === 1 ? 1 : this.#groups.length + 1)) this.#before = undefined;
    return known;
  }

  #makeCompilation(index: number): Compilation {
    const { roots, options } = this.#groups[index] ?? this.#union;
    const inputs = { ...this.#parts, roots: [...roots], options };
    if (this.#before === undefined) return new Compilation(inputs);
    const { project, changed } = this.#before;
    const before = project.#compiled.get(index);
    const isTouched = [...changed].some((file) => roots.has(file) || before?.program.getSourceFile(file) !== undefined);
    return before === undefined || isTouched ? new Compilation(inputs, before) : before;
  }
}
