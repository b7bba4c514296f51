import { join } from 'node:path';
import { Project, ts } from 'ts-morph';

/** Tells whether a text in the place of a fixture has no more type errors than the fixture itself. */
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

  #errorsOf(path: string, text: string): number {
    const file = this.#project.createSourceFile(path, text, { overwrite: true });
    const program = this.#project.getProgram().compilerObject;
    return program.getSemanticDiagnostics(file.compilerNode).length;
  }
}
