import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { chain } from '../locks/lock-scope.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';

/** A method, a getter, a field's initial value or the constructor. */
export interface Member {
  readonly name: string;
  readonly root: TSESTree.Node;
  readonly fn: FunctionNode | undefined;
  readonly isPublic: boolean;
}

/** The code of a class and of its bases in the file, looked at from below: what stands round a node, and where a name is used. */
export interface Code {
  readonly facts: ClassFacts;
  readonly members: ReadonlyMap<string, Member>;
  readonly parents: ReadonlyMap<TSESTree.Node, TSESTree.Node>;
  readonly memberOf: ReadonlyMap<TSESTree.Node, Member>;
  /** Calls and `new` expressions, in the order of the text. */
  readonly calls: readonly (TSESTree.CallExpression | TSESTree.NewExpression)[];
  /** Every `this.name`, by name. */
  readonly mentions: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>;
  /** `const { name } = this`, by name: the local's pattern. */
  readonly taken: ReadonlyMap<string, readonly TSESTree.Identifier[]>;
  /** Every identifier that is no property name, by name. */
  readonly names: ReadonlyMap<string, readonly TSESTree.Identifier[]>;
  /** Every property that is read, written or matched by name, other than on `this`. */
  readonly properties: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** Whether `this` goes by another name, or a part of the class is written where it cannot be seen. */
  readonly hasAlias: boolean;
  readonly hasUnknownBase: boolean;
}

type Multi<T> = Map<string, T[]>;

class Reader {
  readonly members = new Map<string, Member>();
  readonly parents = new Map<TSESTree.Node, TSESTree.Node>();
  readonly memberOf = new Map<TSESTree.Node, Member>();
  readonly calls: (TSESTree.CallExpression | TSESTree.NewExpression)[] = [];
  readonly mentions: Multi<TSESTree.MemberExpression> = new Map();
  readonly taken: Multi<TSESTree.Identifier> = new Map();
  readonly names: Multi<TSESTree.Identifier> = new Map();
  readonly properties: Multi<TSESTree.Node> = new Map();
  hasAlias = false;

  readMember(member: Member): void {
    if (this.members.has(member.name)) return;
    this.members.set(member.name, member);
    this.#read(member.root, member, true);
  }

  #read(node: TSESTree.Node, member: Member, isOwn: boolean): void {
    this.memberOf.set(node, member);
    this.#note(node, isOwn);
    const isOther = isClass(node) || (node !== member.root && isFunction(node) && node.type !== 'ArrowFunctionExpression');
    for (const child of childNodes(node)) {
      this.parents.set(child, node);
      this.#read(child, member, isOwn && !isOther);
    }
  }

  #note(node: TSESTree.Node, isOwn: boolean): void {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression':
        if (isOwn) this.calls.push(node);
        break;
      case 'Identifier':
        add(this.names, node.name, node);
        break;
      case 'Property':
        add(this.properties, keyName(node) ?? '', node);
        break;
      case 'MemberExpression': {
        const own = thisMember(node);
        if (own === undefined) add(this.properties, memberName(node) ?? '', node);
        else if (isOwn) add(this.mentions, own, node);
        break;
      }
      case 'VariableDeclarator':
        if (isOwn && node.init?.type === 'ThisExpression') this.#noteThis(node.id);
        break;
      default:
    }
  }

  #noteThis(pattern: TSESTree.Node): void {
    if (pattern.type !== 'ObjectPattern') {
      this.hasAlias = true;
      return;
    }
    for (const property of pattern.properties) {
      const target = property.type === 'Property' && property.value.type === 'AssignmentPattern' ? property.value.left : property.type === 'Property' ? property.value : undefined;
      const name = property.type === 'Property' ? keyName(property) : undefined;
      if (target?.type === 'Identifier' && name !== undefined) add(this.taken, name, target);
      else this.hasAlias = true;
    }
  }
}

const known = new WeakMap<ClassFacts, Code>();

export function readCode(facts: ClassFacts): Code {
  const code = known.get(facts) ?? readMembers(facts);
  known.set(facts, code);
  return code;
}

function readMembers(facts: ClassFacts): Code {
  const reader = new Reader();
  const classes = chain(facts);
  for (const owner of classes) {
    for (const { name, value, isPublic, isStatic } of owner.methods.values()) {
      if (!isStatic) reader.readMember({ name, root: value, fn: value, isPublic });
    }
    for (const [name, value] of owner.getters) reader.readMember({ name, root: value, fn: value, isPublic: !name.startsWith('#') });
    for (const { name, node, isStatic } of owner.fields.values()) {
      if (isStatic || node.type !== 'PropertyDefinition' || node.value === null) continue;
      reader.readMember({ name: `=${name}`, root: node, fn: undefined, isPublic: false });
    }
    const made = owner.constructorNode?.value;
    if (made === undefined || !isFunction(made)) continue;
    reader.readMember({ name: owner === facts ? 'constructor' : `constructor of ${owner.name}`, root: made, fn: made, isPublic: false });
  }
  const { members, parents, memberOf, calls, mentions, taken, names, properties, hasAlias } = reader;
  calls.sort((a, b) => a.range[0] - b.range[0]);
  return { facts, members, parents, memberOf, calls, mentions, taken, names, properties, hasAlias, hasUnknownBase: classes.at(-1)?.base === 'unknown' };
}

function add<T>(to: Multi<T>, key: string, value: T): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [value]);
  else known.push(value);
}

/** Whether a member belongs to the construction of the object. */
export function isConstruction({ name }: Member): boolean {
  return name.startsWith('=') || name.startsWith('constructor');
}
