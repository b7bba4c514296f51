import type { TSESTree } from '@typescript-eslint/utils';
import { boundIdentifiers } from '../ast/bound-names.ts';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import type { Parents } from '../ast/parents.ts';

/** A name that is declared somewhere in the file, and everything that means it. */
export interface Binding {
  readonly name: string;
  /** The identifier that declares it; of a name declared twice, the first. */
  readonly id: TSESTree.Identifier;
  /** The declarator, the function (of its own name, or of a parameter), the class, the import specifier, the catch clause. */
  readonly declaration: TSESTree.Node;
  readonly kind: 'import' | 'other' | 'parameter' | 'variable';
  /** All identifiers that mean it, in the order of the text, the declaring one left out. */
  readonly mentions: TSESTree.Identifier[];
}

export type Names = ReadonlyMap<TSESTree.Node, Binding>;

type Scope = Map<string, Binding>;

const BLOCKS = new Set(['BlockStatement', 'CatchClause', 'ForInStatement', 'ForOfStatement', 'ForStatement', 'Program', 'StaticBlock', 'SwitchStatement']);

/** What each identifier of a file means, where the file declares it. */
export function readNames(program: TSESTree.Program, parents: Parents): Names {
  const scopes = new Map<TSESTree.Node, Scope>();
  const identifiers: TSESTree.Identifier[] = [];
  const read = (node: TSESTree.Node): void => {
    if (node.type === 'Identifier') identifiers.push(node);
    for (const [id, declaration, kind, scope] of declaredBy(node, parents)) declare(scopes, scope, { name: id.name, id, declaration, kind, mentions: [] });
    for (const child of childNodes(node)) read(child);
  };
  read(program);
  const names = new Map<TSESTree.Node, Binding>();
  for (const id of identifiers) {
    const binding = isPropertyName(id, parents.get(id)) ? undefined : lookUp(id, scopes, parents);
    if (binding === undefined) continue;
    names.set(id, binding);
    if (binding.id !== id) binding.mentions.push(id);
  }
  for (const { mentions } of names.values()) mentions.sort((a, b) => a.range[0] - b.range[0]);
  return names;
}

function declare(scopes: Map<TSESTree.Node, Scope>, at: TSESTree.Node, binding: Binding): void {
  const scope = scopes.get(at) ?? new Map<string, Binding>();
  scopes.set(at, scope);
  if (!scope.has(binding.name)) scope.set(binding.name, binding);
}

function lookUp(id: TSESTree.Identifier, scopes: ReadonlyMap<TSESTree.Node, Scope>, parents: Parents): Binding | undefined {
  for (let at: TSESTree.Node | undefined = id; at !== undefined; at = parents.get(at)) {
    const found = scopes.get(at)?.get(id.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Declared = readonly [id: TSESTree.Identifier, declaration: TSESTree.Node, kind: Binding['kind'], scope: TSESTree.Node];

function declaredBy(node: TSESTree.Node, parents: Parents): Declared[] {
  if (node.type === 'VariableDeclarator') {
    const list = parents.get(node);
    const isVar = list?.type === 'VariableDeclaration' && list.kind === 'var';
    const scope = scopeOf(node, parents, isVar);
    return boundIdentifiers(node.id).map((id) => [id, node, 'variable', scope]);
  }
  if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier' || node.type === 'ImportNamespaceSpecifier') return [[node.local, node, 'import', scopeOf(node, parents)]];
  if (node.type === 'TSImportEqualsDeclaration') return [[node.id, node, 'import', scopeOf(node, parents)]];
  if (node.type === 'CatchClause') return node.param === null ? [] : boundIdentifiers(node.param).map((id) => [id, node, 'other', node]);
  if (isClass(node)) return node.id === null ? [] : [[node.id, node, 'other', node.type === 'ClassDeclaration' ? scopeOf(node, parents) : node]];
  if (!isFunction(node)) return [];
  const own: Declared[] = node.params.flatMap(boundIdentifiers).map((id) => [id, node, 'parameter', node]);
  if (node.type !== 'ArrowFunctionExpression' && node.id !== null) own.push([node.id, node, 'other', node.type === 'FunctionDeclaration' ? scopeOf(node, parents) : node]);
  return own;
}

function scopeOf(node: TSESTree.Node, parents: Parents, isVar = false): TSESTree.Node {
  let last = node;
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    last = at;
    if (isFunction(at) || (BLOCKS.has(at.type) && (!isVar || at.type === 'Program' || at.type === 'StaticBlock'))) return at;
  }
  return last;
}

function isPropertyName(id: TSESTree.Identifier, parent: TSESTree.Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === id && !parent.computed;
    case 'Property':
      return parent.key === id && parent.value !== id && !parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.key === id && !parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    default:
      return parent?.type === 'TSPropertySignature' || parent?.type === 'TSMethodSignature' || parent?.type === 'TSEnumMember';
  }
}
