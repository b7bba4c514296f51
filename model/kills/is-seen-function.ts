import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { outermost } from '../ast/parents.ts';
import type { FunctionNode } from '../service.ts';
import type { FileCode } from './file-code.ts';

/** Whether every call of a function is in the file: it is not exported, not a public method, and not handed to anybody. */
export function isSeenFunction(fn: FunctionNode, code: FileCode): boolean {
  const at = outermost(fn, code);
  const parent = code.parents.get(at);
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
    return !('kind' in parent && parent.kind === 'get') && (parent.key.type === 'PrivateIdentifier' || parent.accessibility === 'private' || (keyName(parent)?.startsWith('_') ?? false));
  }
  const id = fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' ? parent.id : undefined;
  const binding = id?.type === 'Identifier' ? code.names.get(id) : undefined;
  if (binding === undefined || id === null || id === undefined) return false;
  return !isExported(id, code) && code.names.mentionsOf(binding).every((mention) => isCallee(mention, code));
}

function isCallee(mention: TSESTree.Node, code: FileCode): boolean {
  const at = outermost(mention, code);
  const parent = code.parents.get(at);
  return parent?.type === 'CallExpression' && parent.callee === at;
}

function isExported(id: TSESTree.Node, { parents }: FileCode): boolean {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) {
    if (at.type.startsWith('Export')) return true;
    if (at.type === 'BlockStatement' || at.type === 'Program') return false;
  }
  return false;
}
