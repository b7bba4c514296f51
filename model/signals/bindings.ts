import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import type { Parents } from '../ast/parents.ts';

/** What a name stands for. `node` is its declaration, unique in the file. */
export interface Binding {
  readonly kind: 'catch' | 'class' | 'const' | 'function' | 'import' | 'let' | 'parameter';
  readonly node: TSESTree.Node;
  /** What it is declared as, where that is written down and the name is not taken out of a pattern. */
  readonly init: TSESTree.Node | undefined;
  /** What it is declared in: a function, a block or the program. */
  readonly scope: TSESTree.Node;
}

/** The binding of a name at a place in the file; `undefined` for globals. */
export function bindingOf(name: string, from: TSESTree.Node, parents: Parents): Binding | undefined {
  for (let scope: TSESTree.Node | undefined = from; scope !== undefined; scope = parents.get(scope)) {
    const found = declaredIn(scope, name);
    if (found !== undefined) return { ...found, scope };
  }
  return undefined;
}

type Found = Omit<Binding, 'scope'> | undefined;

function declaredIn(scope: TSESTree.Node, name: string): Found {
  if (isFunction(scope)) {
    const param = scope.params.find((node) => names(node, name));
    if (param !== undefined) return { kind: 'parameter', node: param, init: undefined };
    const isOwn = scope.type === 'FunctionExpression' && scope.id?.name === name;
    return isOwn ? { kind: 'function', node: scope, init: scope } : undefined;
  }
  switch (scope.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return first(scope.body, name);
    case 'SwitchStatement':
      return first(
        scope.cases.flatMap(({ consequent }) => consequent),
        name,
      );
    case 'ForStatement':
      return scope.init?.type === 'VariableDeclaration' ? inStatement(scope.init, name) : undefined;
    case 'ForInStatement':
    case 'ForOfStatement':
      return scope.left.type === 'VariableDeclaration' ? inStatement(scope.left, name) : undefined;
    case 'CatchClause':
      return scope.param !== null && names(scope.param, name) ? { kind: 'catch', node: scope.param, init: undefined } : undefined;
    default:
      return undefined;
  }
}

function first(statements: readonly TSESTree.Node[], name: string): Found {
  for (const statement of statements) {
    const found = inStatement(statement, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inStatement(statement: TSESTree.Node, name: string): Found {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return statement.declaration === null ? undefined : inStatement(statement.declaration, name);
    case 'FunctionDeclaration':
      return statement.id?.name === name ? { kind: 'function', node: statement, init: statement } : undefined;
    case 'ClassDeclaration':
      return statement.id?.name === name ? { kind: 'class', node: statement, init: statement } : undefined;
    case 'ImportDeclaration': {
      const specifier = statement.specifiers.find(({ local }) => local.name === name);
      return specifier && { kind: 'import', node: specifier, init: undefined };
    }
    case 'VariableDeclaration': {
      const declarator = statement.declarations.find(({ id }) => names(id, name));
      if (declarator === undefined) return undefined;
      const init = declarator.id.type === 'Identifier' ? (declarator.init ?? undefined) : undefined;
      return { kind: statement.kind === 'const' ? 'const' : 'let', node: declarator, init };
    }
    default:
      return undefined;
  }
}

/** Whether a parameter or a pattern declares a name. */
function names(pattern: TSESTree.Node | null, name: string): boolean {
  switch (pattern?.type) {
    case 'Identifier':
      return pattern.name === name;
    case 'AssignmentPattern':
      return names(pattern.left, name);
    case 'RestElement':
      return names(pattern.argument, name);
    case 'ArrayPattern':
      return pattern.elements.some((element) => names(element, name));
    case 'ObjectPattern':
      return pattern.properties.some((property) => names(property.type === 'Property' ? property.value : property, name));
    case 'TSParameterProperty':
      return names(pattern.parameter, name);
    default:
      return false;
  }
}
