import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { isPropertyName } from '../ast/is-property-name.ts';
import { outermost, type Parents, parentsOf } from '../ast/parents.ts';
import { memberName } from '../ast/member-name.ts';
import { visit } from '../ast/visit.ts';
import type { Source } from '../source.ts';

/** A module that is handed on as one value: `Object.values(handlers)` of `import * as handlers`. */
export interface WholeModule {
  readonly specifier: string;
  readonly node: TSESTree.Node;
}

/** The modules of which a file uses more than single exports by their names. */
export function wholeModulesIn({ program }: Source): readonly WholeModule[] {
  const parents = parentsOf(program);
  const found: WholeModule[] = [];
  const add = (specifier: string, node: TSESTree.Node | undefined): void => {
    if (node !== undefined) found.push({ specifier, node });
  };
  visit(program, (node) => {
    if (node.type === 'ImportNamespaceSpecifier') {
      const declaration = parents.get(node);
      if (declaration?.type === 'ImportDeclaration') add(declaration.source.value, usedWhole(node.local.name, program, parents));
    }
    const specifier = loadedBy(node);
    if (specifier !== undefined) add(specifier, handedOn(node, program, parents));
    return undefined;
  });
  return found;
}

/** What is re-exported under the same names: `export * from './bus'`. */
export function starExportsIn({ program }: Source): readonly string[] {
  return program.body.flatMap((statement) => (statement.type === 'ExportAllDeclaration' && statement.exported === null ? [statement.source.value] : []));
}

function loadedBy(node: TSESTree.Node): string | undefined {
  const isRequire = node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require';
  const source = isRequire ? node.arguments[0] : node.type === 'ImportExpression' ? node.source : undefined;
  return source?.type === 'Literal' && typeof source.value === 'string' ? source.value : undefined;
}

/** The first use of a name as a value of its own, and not for one of its members. */
function usedWhole(name: string, root: TSESTree.Node, parents: Parents): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  visit(root, (node) => {
    if (node.type !== 'Identifier' || node.name !== name || isPropertyName(node, parents.get(node))) return undefined;
    const parent = parents.get(node);
    const isDeclared = parent?.type === 'ImportNamespaceSpecifier' || parent?.type === 'TSQualifiedName' || (parent?.type === 'VariableDeclarator' && parent.id === node) || (parent !== undefined && isFunction(parent));
    const isMember = parent?.type === 'MemberExpression' && parent.object === node && memberName(parent) !== undefined;
    if (!isDeclared && !isMember && !isTakenApart(parent)) found ??= node;
    return undefined;
  });
  return found;
}

/** `const { Bus } = ns`, without a rest. */
function isTakenApart(parent: TSESTree.Node | undefined): boolean {
  const pattern = parent?.type === 'VariableDeclarator' ? parent.id : undefined;
  return pattern?.type === 'ObjectPattern' && pattern.properties.every(({ type }) => type === 'Property');
}

/** Where what `import()` or `require()` gives is used as a whole. */
function handedOn(load: TSESTree.Node, program: TSESTree.Program, parents: Parents): TSESTree.Node | undefined {
  const value = outermost(load, { parents });
  const parent = parents.get(value);
  if (parent?.type === 'AwaitExpression') return handedOn(parent, program, parents);
  if (parent?.type === 'ExpressionStatement' || isTakenApart(parent)) return undefined;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return usedWhole(parent.id.name, program, parents);
  if (parent?.type !== 'MemberExpression' || parent.object !== value) return load;
  if (memberName(parent) !== 'then' || load.type !== 'ImportExpression') return memberName(parent) === undefined ? load : undefined;
  const call = parents.get(parent);
  const callback = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
  const [given] = callback !== undefined && isFunction(callback) ? callback.params : [];
  if (given?.type === 'ObjectPattern' && given.properties.every(({ type }) => type === 'Property')) return undefined;
  return callback !== undefined && given?.type === 'Identifier' ? usedWhole(given.name, callback, parents) : load;
}
