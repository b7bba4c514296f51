import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isClass } from '../ast/is-class.ts';
import { outermost, type Parents, parentsOf } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassNode } from '../service.ts';
import type { Source } from '../source.ts';
import { identifierAt } from './identifier-at.ts';

/**
 * What is done with a declaration where it is named:
 * - `construction`: `new X()`
 * - `call`: `f()`, `ns.f()`
 * - `subclass`: `class Y extends X`
 * - `member`: only a member of it is looked at: `X.limit`, `X.create()`
 * - `test`: it is compared and nothing more: `a instanceof X`, `typeof X`, `expect(a).toBeInstanceOf(X)`
 * - `type`: in a type, which does not exist at run time
 * - `token`: in the type of something that a decorator may hand to a container: `constructor(private readonly x: X)` of a decorated class
 * - `module`: an import, an export, or a constant that is only another name of it; that name is a reference of its own
 * - `declaration`: the name that is declared
 * - `escape`: anything else: it is handed on as a value, and may be called or constructed out of sight
 */
export type Reference =
  | { readonly kind: 'call'; readonly name: TSESTree.Node; readonly node: TSESTree.CallExpression }
  | { readonly kind: 'construction'; readonly name: TSESTree.Node; readonly node: TSESTree.NewExpression }
  | { readonly kind: 'declaration' | 'escape' | 'member' | 'module' | 'test' | 'token' | 'type'; readonly name: TSESTree.Node; readonly node: TSESTree.Node }
  | { readonly kind: 'subclass'; readonly name: TSESTree.Node; readonly node: ClassNode };

/** What is done with a class or function at one of the places that name it; undefined where no name stands there. `offset`: of the name's first character. */
export function readReference({ program }: Pick<Source, 'program'>, offset: number): Reference | undefined {
  const name = identifierAt(program, offset);
  if (name === undefined) return undefined;
  const parents = parentsOf(program);
  return readName(name, parents) ?? readType(name, parents) ?? readValue(name, parents);
}

function readName(name: TSESTree.Node, parents: Parents): Reference | undefined {
  const parent = parents.get(name);
  switch (parent?.type) {
    case 'ExportDefaultDeclaration':
    case 'ExportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportSpecifier':
    case 'TSExportAssignment':
    case 'TSImportEqualsDeclaration':
    case 'TSNamespaceExportDeclaration':
      return { kind: 'module', name, node: parent };
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return parent.id === name ? { kind: 'declaration', name, node: parent } : undefined;
    case 'VariableDeclarator':
      return parent.id === name ? { kind: 'declaration', name, node: parent } : undefined;
    case 'Property':
      return isConstantName(parent, parents) ? { kind: 'module', name, node: parent } : undefined;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key === name && !parent.computed ? { kind: 'declaration', name, node: parent } : undefined;
    default:
      return undefined;
  }
}

/** `const { X } = await import('./x')`, `const { X: Y } = ns`: nothing else can be given to a constant later. */
function isConstantName({ value }: TSESTree.Property, parents: Parents): boolean {
  if (value.type !== 'Identifier') return false;
  let at = parents.get(value);
  while (at?.type === 'Property' || at?.type === 'ObjectPattern') at = parents.get(at);
  return at?.type === 'VariableDeclarator' && isConstant(at, parents);
}

function isConstant(declarator: TSESTree.Node, parents: Parents): boolean {
  const declaration = parents.get(declarator);
  const isInLoop = declaration !== undefined && (parents.get(declaration)?.type ?? '').startsWith("For");
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const' && !isInLoop;
}

/** Type syntax, told from what may stand between a name and a value: `X as Y`, `X!`, `X<string>`. */
function readType(name: TSESTree.Node, parents: Parents): Reference | undefined {
  for (let at = name, parent = parents.get(name); parent !== undefined; at = parent, parent = parents.get(parent)) {
    if (parent.type === 'TSClassImplements' || parent.type === 'TSInterfaceHeritage' || parent.type === 'TSInterfaceDeclaration') return { kind: 'type', name, node: parent };
    if (parent.type === 'TSTypeAnnotation') return { kind: isToken(parent, parents) ? 'token' : 'type', name, node: at };
    if (/^TS(?:TypeReference|TypeQuery|ImportType|TypeAliasDeclaration|TypeParameterInstantiation|TypeParameterDeclaration)$/.test(parent.type)) {
      const annotation = annotationAround(parent, parents);
      return { kind: annotation !== undefined && isToken(annotation, parents) ? 'token' : 'type', name, node: parent };
    }
    if (unwrap(parent) !== parent ? 'expression' in parent && parent.expression !== at : parent.type !== 'TSQualifiedName') return undefined;
  }
  return undefined;
}

function annotationAround(type: TSESTree.Node, parents: Parents): TSESTree.Node | undefined {
  let at: TSESTree.Node | undefined = type;
  while (at !== undefined && /^TS(?!TypeAnnotation|ParameterProperty|AsExpression)/.test(at.type)) at = parents.get(at);
  return at?.type === 'TSTypeAnnotation' ? at : undefined;
}

/** With `emitDecoratorMetadata` the types of parameters and fields are what a container looks for. */
function isToken(annotation: TSESTree.Node, parents: Parents): boolean {
  for (let at = parents.get(annotation); at !== undefined; at = parents.get(at)) {
    if ('decorators' in at && at.decorators.length > 0) return true;
    if (at.type === 'BlockStatement' || at.type === 'Program') return false;
    if (isClass(at)) return false;
  }
  return false;
}

function readValue(name: TSESTree.Node, parents: Parents): Reference {
  let value = outermost(name, { parents });
  let parent = parents.get(value);
  // `ns.X` is the same thing as `X`.
  while (parent?.type === 'MemberExpression' && parent.property === value && !parent.computed) {
    value = outermost(parent, { parents });
    parent = parents.get(value);
  }
  const escape: Reference = { kind: 'escape', name, node: parent ?? name };
  switch (parent?.type) {
    case 'NewExpression':
      return parent.callee === value ? { kind: 'construction', name, node: parent } : escape;
    case 'CallExpression':
      if (parent.callee === value) return { kind: 'call', name, node: parent };
      return isComparison(parent) ? { kind: 'test', name, node: parent } : escape;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.superClass === value ? { kind: 'subclass', name, node: parent } : escape;
    case 'MemberExpression':
      return parent.object === value ? { kind: 'member', name, node: parent } : escape;
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && isConstant(parent, parents) ? { kind: 'module', name, node: parent } : escape;
    case 'BinaryExpression':
    case 'UnaryExpression':
      return { kind: 'test', name, node: parent };
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return { kind: 'module', name, node: parent };
    default:
      return escape;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['instanceOf', 'isInstanceOf', 'toBeInstanceOf']);

/** `expect(error).toBeInstanceOf(X)`, `expect.any(X)`. */
function isComparison(call: TSESTree.CallExpression): boolean {
  const name = calleeName(call) ?? '';
  if (COMPARISONS.has(name)) return true;
  const callee = unwrap(call.callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  return name === 'any' && object?.type === 'Identifier' && object.name === 'expect';
}
