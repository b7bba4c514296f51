import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Deadline } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import { insertImport } from '../insert-import.ts';
import { importedFrom } from './imported-from.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';

export interface TimeoutTest {
  readonly isTimeout: (error: string) => string;
  /** What imports the class or function by which it is told, where the file had not got it. */
  readonly changes: readonly Change[];
}

/** How a catch tells the timeout of a deadline from other errors. */
export function tellTimeout(source: Source, { node, error }: Deadline): Obstacle | TimeoutTest {
  const place = `at line ${String(lineOf(source, node))}`;
  if (error === undefined) return { node, why: `the deadline ${place} rejects with an error that cannot be told from others` };
  const root = error.split('.', 1)[0] ?? error;
  if (isKnown(source.program, root)) return { isTimeout: testOf(error), changes: [] };
  const call = unwrap(node);
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  const specifier = callee?.type === 'Identifier' ? importedFrom(source.program, callee.name) : undefined;
  if (specifier === undefined || error.includes('.')) return { node, why: `the deadline ${place} rejects with a ${error}, which is out of reach in this file` };
  const { local, changes } = insertImport(source, { specifier, name: error, locals: [error, `Deadline${error}`] });
  return { isTimeout: testOf(local), changes };
}

/** An error class, or a function that takes the error. */
function testOf(name: string): TimeoutTest['isTimeout'] {
  const isClass = /^[A-Z]/.test(name.split('.').at(-1) ?? '');
  return (error) => (isClass ? `${error} instanceof ${name}` : `${name}(${error})`);
}

function isKnown(program: TSESTree.Program, name: string): boolean {
  if (importedFrom(program, name) !== undefined) return true;
  const declarations = program.body.map((statement): TSESTree.Node => ('declaration' in statement && statement.declaration !== null ? statement.declaration : statement));
  return declaredNames(declarations as TSESTree.Statement[]).has(name);
}
