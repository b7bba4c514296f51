import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from './ast/children.ts';
import { isClass } from './ast/is-class.ts';
import { isFunction } from './ast/is-function.ts';
import { keyName } from './ast/key-name.ts';
import { thisMember } from './ast/this-member.ts';
import { unwrap } from './ast/unwrap.ts';
import type { ClassFacts, ClassNode, Field, Method, MethodValue } from './service.ts';

const cache = new WeakMap<TSESTree.Program, readonly ClassFacts[]>();

/**
 * Every class of a file, outer before inner, with its base where that is in the file too. With the text at hand, the search looks only
 * where the word `class` stands.
 */
export function classesOf(program: TSESTree.Program, text?: string): readonly ClassFacts[] {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const found: FoundClass[] = [];
  const words = text === undefined ? undefined : Array.from(text.matchAll(/\bclass\b/g), ({ index }) => index);
  findClasses(program, '', found, ([from, to]) => words?.some((at) => from <= at && at < to) ?? true);
  const classes = linkBases(found);
  cache.set(program, classes);
  return classes;
}

interface FoundClass {
  readonly node: ClassNode;
  readonly name: string;
}

function findClasses(node: TSESTree.Node, nameHint: string, found: FoundClass[], mayHold: (range: TSESTree.Range) => boolean): void {
  if (isClass(node)) found.push({ node, name: node.id?.name ?? (nameHint || '(anonymous class)') });
  const hint = namesItsValue(node) ?? (isTransparent(node) ? nameHint : '');
  for (const child of childNodes(node)) if (mayHold(child.range)) findClasses(child, hint, found, mayHold);
}

/** The name that a declaration, assignment or property gives to the class on its right. */
function namesItsValue(node: TSESTree.Node): string | undefined {
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id.name : '';
  if (node.type === 'Property' || node.type === 'PropertyDefinition') return keyName(node) ?? '';
  if (node.type !== 'AssignmentExpression') return undefined;
  const left = unwrap(node.left);
  if (left.type === 'Identifier') return left.name;
  return left.type === 'MemberExpression' ? (keyName({ key: left.property, computed: left.computed }) ?? '') : '';
}

function isTransparent(node: TSESTree.Node): boolean {
  return unwrap(node) !== node;
}

function linkBases(found: readonly FoundClass[]): readonly ClassFacts[] {
  const byName = new Map(found.map((entry) => [entry.name, entry]));
  const facts = new Map<ClassNode, ClassFacts>();
  const subclasses = new Map<ClassNode, ClassFacts[]>();
  const pending = new Set<ClassNode>();
  const build = ({ node, name }: FoundClass): ClassFacts => {
    const known = facts.get(node);
    if (known !== undefined) return known;
    pending.add(node);
    const inFile = baseInFile(node, byName);
    const base = node.superClass == null ? 'none' : inFile === undefined || pending.has(inFile.node) ? 'unknown' : build(inFile);
    pending.delete(node);
    const children: ClassFacts[] = [];
    const own = Object.freeze({ node, name, base, subclasses: children, ...readMembers(node) });
    facts.set(node, own);
    subclasses.set(node, children);
    if (typeof base === 'object') subclasses.get(base.node)?.push(own);
    return own;
  };
  return Object.freeze(found.map(build));
}

function baseInFile(node: ClassNode, byName: ReadonlyMap<string, FoundClass>): FoundClass | undefined {
  const base = node.superClass == null ? undefined : unwrap(node.superClass);
  return base?.type === 'Identifier' ? byName.get(base.name) : undefined;
}

type Members = Pick<ClassFacts, 'bodyless' | 'constructorNode' | 'fields' | 'getters' | 'methods'>;

function readMembers(node: ClassNode): Members {
  const methods = new Map<string, Method>();
  const getters = new Map<string, MethodValue>();
  const fields = new Map<string, Field>();
  const bodyless = new Set<string>();
  let constructorNode: TSESTree.MethodDefinition | undefined;
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock' || member.type === 'TSIndexSignature') continue;
    const name = keyName(member);
    // A static member of the same name is another member, of another object.
    if (name !== undefined && member.static && (methods.has(name) || fields.has(name) || getters.has(name))) continue;
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
      if (hasBody(member.value)) constructorNode = member;
    } else if (name === undefined) continue;
    else if (member.type === 'MethodDefinition') {
      if (!hasBody(member.value)) bodyless.add(name);
      else if (member.kind === 'get') getters.set(name, member.value);
      else if (member.kind === 'method') methods.set(name, readMethod(name, member, member.value));
    } else if (member.type === 'AccessorProperty') fields.set(name, readField(name, member));
    else if (member.type === 'PropertyDefinition') {
      const value = member.value == null ? undefined : unwrap(member.value);
      if (value !== undefined && isFunction(value) && value.type !== 'FunctionDeclaration') methods.set(name, readMethod(name, member, value));
      else fields.set(name, readField(name, member));
    } else if (member.type.startsWith('TSAbstract')) bodyless.add(name);
  }
  for (const name of methods.keys()) bodyless.delete(name);
  if (constructorNode !== undefined) readConstructorFields(constructorNode, fields, methods);
  return { methods, getters, fields, bodyless, constructorNode };
}

function hasBody(value: TSESTree.Node): value is TSESTree.FunctionExpression {
  return value.type === 'FunctionExpression' && (value.body as TSESTree.Node | null) != null;
}

function readMethod(name: string, node: TSESTree.MethodDefinition | TSESTree.PropertyDefinition, value: MethodValue): Method {
  const hidden = name.startsWith('#') || node.accessibility === 'private' || node.accessibility === 'protected';
  return Object.freeze({
    name,
    node,
    value,
    isAsync: value.async,
    isGenerator: value.generator,
    isStatic: node.static,
    isPublic: !hidden,
  });
}

function readField(name: string, node: TSESTree.AccessorProperty | TSESTree.PropertyDefinition): Field {
  return Object.freeze({
    name,
    node,
    init: node.value ?? undefined,
    typeAnnotation: node.typeAnnotation?.typeAnnotation,
    isStatic: node.static,
  });
}

/** Fields that plain JavaScript only assigns in the constructor, and TypeScript's parameter properties. */
function readConstructorFields(constructorNode: TSESTree.MethodDefinition, fields: Map<string, Field>, methods: ReadonlyMap<string, Method>): void {
  for (const param of constructorNode.value.params) {
    if (param.type !== 'TSParameterProperty') continue;
    const target = param.parameter.type === 'AssignmentPattern' ? param.parameter.left : param.parameter;
    fields.set(target.name, {
      name: target.name,
      node: param,
      init: undefined,
      typeAnnotation: target.typeAnnotation?.typeAnnotation,
      isStatic: false,
    });
  }
  for (const statement of constructorNode.value.body?.body ?? []) {
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    const name = thisMember(left);
    if (name === undefined || methods.has(name)) continue;
    const declared = fields.get(name);
    if (declared?.init !== undefined) continue;
    fields.set(name, {
      name,
      node: declared?.node ?? statement.expression,
      init: right,
      typeAnnotation: declared?.typeAnnotation,
      isStatic: false,
    });
  }
}
