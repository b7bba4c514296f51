import { basename } from 'node:path';
import { Project } from 'ts-morph';

/** Where the declarations that come with the compiler seem to lie. ts-morph holds them in memory. */
export const LIB_FOLDER = '/node_modules/typescript/lib';

const texts = new Map<string, string>();

/** The text of one of the compiler's own declaration files, such as `lib.es2022.d.ts`; undefined where it has none of that name. */
export function libText(path: string): string | undefined {
  const name = basename(path);
  if (!texts.has(name)) loadWithAllItNames(name);
  return texts.get(name);
}

function loadWithAllItNames(name: string): void {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { lib: [name], types: [] } });
  project.createSourceFile('/needs-them.ts', ''); // a program without files loads no declarations
  for (const file of project.getProgram().compilerObject.getSourceFiles()) texts.set(basename(file.fileName), file.text);
}
