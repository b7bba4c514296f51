import type { TSESTree } from '@typescript-eslint/utils';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import { isSettled } from './is-settled.ts';

const HOISTED = new Set(['FunctionDeclaration', 'ImportDeclaration', 'TSDeclareFunction', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration']);

/** Whether what follows a stop would do the same before it: nothing, or a return of what is known by then. */
export function hasSafeTail(statements: readonly TSESTree.Node[], file: SignalFile): boolean {
  return statements.every((statement) => HOISTED.has(statement.type) || (statement.type === 'ReturnStatement' && (statement.argument === null || isSettled(statement.argument, file))));
}
