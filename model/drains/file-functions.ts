import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../service.ts';
import type { Place } from './place.ts';

const cache = new WeakMap<TSESTree.Program, ReadonlyMap<string, FunctionNode>>();

/** The functions at the top of a file, by name. */
export function fileFunctionsOf(program: TSESTree.Program): ReadonlyMap<string, FunctionNode> {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const functions = new Map<string, FunctionNode>();
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'FunctionDeclaration' && declaration.id !== null) functions.set(declaration.id.name, declaration);
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      const value = init === null ? undefined : unwrap(init);
      if (id.type === 'Identifier' && value !== undefined && isFunction(value)) functions.set(id.name, value);
    }
  }
  cache.set(program, functions);
  return functions;
}

/** The function that a name stands for: one inside the method, or one at the top of the file. */
export function fileFunction(name: string, { scope, walk }: Place): FunctionNode | undefined {
  const local = scope.locals.get(name);
  if (local === undefined) return walk.functions.get(name);
  const value = local.init === undefined ? local.node : unwrap(local.init);
  return local.path.length === 0 && isFunction(value) ? value : undefined;
}
