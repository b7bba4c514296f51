import type { Project } from '../../model/project.ts';
import type { Source } from '../../model/source.ts';
import { vendoredSpecifier } from '../inline-lock.ts';
import { insertImport } from '../insert-import.ts';
import { fileStyleOf } from '../text/file-style.ts';
import type { StackSource } from './stack-source.ts';

/** The first Node of which every version that is still cared for has `Symbol.asyncDispose`, which what TypeScript lowers asks for. */
const DISPOSE_NODE = 20;

/**
 * A stack of our own, for what TypeScript compiles for a Node that has none. `file` is where it stands or will stand. What holds JSX is as a rule
 * made for browsers, and an import would make a module of a script.
 */
export function vendoredStack(project: Project, source: Source, file: string, nodeMajor: number): StackSource | undefined {
  if (nodeMajor < DISPOSE_NODE || source.fileName.endsWith('x') || !fileStyleOf(source).isTypeScript || !isModule(source)) return undefined;
  if (project.files.includes(file) && project.sourceOf(file)?.text.includes('class AsyncDisposableStack') !== true) return undefined;
  const specifier = vendoredSpecifier(source, file, 'lifecycle-stack');
  const { local, changes } = insertImport(source, { specifier, name: 'AsyncDisposableStack', locals: ['AsyncDisposableStack', 'LifecycleStack'] });
  return { name: local, imports: changes, needs: [{ kind: 'file', specifier, file }], fewest: 2 };
}

/** `import x = require('x')` and `export =` are for modules that may have no other imports. */
function isModule({ program: { body } }: Source): boolean {
  return body.some(({ type }) => type === 'ImportDeclaration' || type.startsWith('Export')) && !body.some(({ type }) => type === 'TSImportEqualsDeclaration' || type === 'TSExportAssignment');
}
