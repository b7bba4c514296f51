import type { TSESTree } from '@typescript-eslint/utils';
import { boundIdentifiers } from '../ast/bound-names.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import type { Parents } from '../ast/parents.ts';
import type { Binding } from './binding.ts';

/** The names that are declared in each function, block and class of a file. */
export type Scopes = ReadonlyMap<TSESTree.Node, ReadonlyMap<string, Binding>>;

const BLOCKS = new Set(['BlockStatement', 'CatchClause', 'ForInStatement', 'ForOfStatement', 'ForStatement', 'Program', 'StaticBlock', 'SwitchStatement', 'TSModuleBlock']);
/** Those that a `var` does not leave. */
const BODIES = new Set(['Program', 'StaticBlock', 'TSModuleBlock']);

const ofFiles = new WeakMap<Parents, Scopes>();

/** Made once for each file. */
export function scopesOf(parents: Parents): Scopes {
  const known = ofFiles.get(parents);
  if (known !== undefined) return known;
  const scopes = new Map<TSESTree.Node, Map<string, Binding>>();
  for (const node of parents.keys()) {
    for (const binding of declaredBy(node, parents)) {
      const names = scopes.get(binding.scope) ?? new Map<string, Binding>();
      scopes.set(binding.scope, names);
      if (!names.has(binding.name)) names.set(binding.name, binding);
    }
  }
  ofFiles.set(parents, scopes);
  return scopes;
}

function declaredBy(node: TSESTree.Node, parents: Parents): readonly Binding[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return variables(node, parents);
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportSpecifier':
      return [bind(node.local, 'import', node, scopeAround(node, parents))];
    case 'TSImportEqualsDeclaration':
      return [bind(node.id, 'import', node, scopeAround(node, parents))];
    case 'CatchClause': {
      const { param } = node;
      return param === null ? [] : boundIdentifiers(param).map((id) => bind(id, 'catch', param, node));
    }
    default:
      if (isClass(node)) return node.id === null ? [] : [bind(node.id, 'class', node, node.type === 'ClassDeclaration' ? scopeAround(node, parents) : node, node)];
      return isFunction(node) ? [...node.params.flatMap((param) => boundIdentifiers(param).map((id) => bind(id, 'parameter', param, node))), ...ownName(node, parents)] : [];
  }
}

function ownName(node: TSESTree.Node, parents: Parents): readonly Binding[] {
  if (node.type === 'FunctionDeclaration' && node.id !== null) return [bind(node.id, 'function', node, scopeAround(node, parents), node)];
  return node.type === 'FunctionExpression' && node.id !== null ? [bind(node.id, 'function', node, node, node)] : [];
}

function variables(node: TSESTree.VariableDeclarator, parents: Parents): readonly Binding[] {
  const list = parents.get(node);
  const keyword = list?.type === 'VariableDeclaration' ? list.kind : 'let';
  const init = node.id.type === 'Identifier' ? (node.init ?? undefined) : undefined;
  const scope = scopeAround(node, parents, keyword === 'var');
  return boundIdentifiers(node.id).map((id) => bind(id, keyword === 'const' ? 'const' : 'let', node, scope, init));
}

function bind(id: TSESTree.Identifier, kind: Binding['kind'], node: TSESTree.Node, scope: TSESTree.Node, init?: TSESTree.Node): Binding {
  return { name: id.name, kind, id, node, init, scope };
}

function scopeAround(node: TSESTree.Node, parents: Parents, isVar = false): TSESTree.Node {
  let last = node;
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    last = at;
    if (isFunction(at) || (isVar ? BODIES : BLOCKS).has(at.type)) return at;
  }
  return last;
}
