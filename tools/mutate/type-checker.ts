import { join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { Project, ts } from 'ts-morph';
import { typeFactsOf } from '../../model/type-facts.ts';
import type { TypeFacts } from '../../model/types.ts';

/** Tells whether a text in the place of a fixture has no more type errors than the fixture itself, and what types it has. */
export class TypeChecker {
  readonly #project: Project;
  readonly #known = new Map<string, number>();

  constructor(root: string) {
    this.#project = new Project({
      tsConfigFilePath: join(root, 'tsconfig.json'),
      skipAddingFilesFromTsConfig: true,
      compilerOptions: { jsx: ts.JsxEmit.Preserve, noUnusedLocals: false, noUnusedParameters: false, resolveJsonModule: true, erasableSyntaxOnly: false },
    });
    this.#project.addSourceFilesAtPaths([join(root, 'fixtures/codemods/types.ts'), join(root, 'fixtures/codemods/ambient.d.ts')]);
  }

  isSound(path: string, original: string, mutant: string): boolean {
    const known = this.#known.get(path) ?? this.#errorsOf(path, original);
    this.#known.set(path, known);
    return this.#errorsOf(path, mutant) <= known;
  }

  /** The types of a text in the place of a fixture, until the next text is put there. */
  typesOf(path: string, text: string): TypeFacts {
    const file = this.#fileOf(path, text);
    const program = this.#project.getProgram().compilerObject;
    // ts-morph's compiler is another copy of the same one.
    return typeFactsOf(() => program.getTypeChecker(), ({ range }) => nodeAt(file, range));
  }

  #fileOf(path: string, text: string): ts.SourceFile {
    const known = this.#project.getSourceFile(path);
    if (known?.getFullText() === text) return known.compilerNode;
    return this.#project.createSourceFile(path, text, { overwrite: true }).compilerNode;
  }

  #errorsOf(path: string, text: string): number {
    const file = this.#fileOf(path, text);
    return this.#project.getProgram().compilerObject.getSemanticDiagnostics(file).length;
  }
}

/** The innermost node of exactly this range. */
function nodeAt(file: ts.SourceFile, [start, end]: TSESTree.Range): ts.Node | undefined {
  let found: ts.Node | undefined;
  for (let at: ts.Node | undefined = file; at !== undefined; ) {
    if (at.getStart(file) === start && at.getEnd() === end) found = at;
    at = ts.forEachChild(at, (child) => (child.getStart(file) <= start && end <= child.getEnd() ? child : undefined));
  }
  return found;
}
