import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { memberName } from '../ast/member-name.ts';
import { outermost, parentsOf } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { lineOf } from '../line-of.ts';
import type { Place, Project } from '../project.ts';
import { classesOf } from '../read-classes.ts';
import type { ClassFacts } from '../service.ts';
import type { Source } from '../source.ts';
import { readReference } from './read-reference.ts';

/** A class of the project. */
export interface Member {
  readonly file: string;
  readonly source: Source;
  readonly facts: ClassFacts;
  /** The one of the family that it extends; undefined for the first. */
  readonly base: Member | undefined;
}

export interface Construction {
  readonly file: string;
  readonly source: Source;
  readonly node: TSESTree.NewExpression;
  readonly made: Member;
}

/** A place by which instances may be made out of sight. */
export interface Gap {
  readonly file: string;
  readonly node: TSESTree.Node;
  readonly why: string;
}

/** A class with all that extends it, and every place of the project that makes an instance of one of them. */
export interface Family {
  readonly members: readonly Member[];
  readonly constructions: readonly Construction[];
  /** Why there may be other instances; empty where there surely are none. */
  readonly gaps: readonly Gap[];
}

interface Reading extends Family {
  readonly members: Member[];
  readonly constructions: Construction[];
  readonly gaps: Gap[];
  readonly project: Project;
}

/** The family of a class that is declared under a name. */
export function familyOf(project: Project, first: Omit<Member, 'base'>): Family {
  const reading: Reading = { members: [], constructions: [], gaps: [], project };
  readMember({ ...first, base: undefined }, reading);
  return reading;
}

function readMember(member: Member, reading: Reading): void {
  const { file, facts } = member;
  if (reading.members.some((known) => known.facts.node === facts.node)) return;
  reading.members.push(member);
  const { id } = facts.node;
  const gap = (node: TSESTree.Node, why: string): number => reading.gaps.push({ file, node, why });
  if (id === null || facts.node.type !== 'ClassDeclaration') {
    gap(facts.node, `${facts.name} is a class expression: who constructs it cannot be followed`);
    return;
  }
  const place = { file, offset: id.range[0] };
  const published = reading.project.isPublished(place);
  if (published === 'yes') gap(id, `${facts.name} is exported by its package, and who constructs it elsewhere would have to start it`);
  if (published === 'unknown') gap(id, `it cannot be told whether the package of ${facts.name} exports it to others, who would have to start it`);
  for (const decorator of facts.node.decorators) gap(decorator, `${facts.name} is decorated: a container may construct it out of sight`);
  readSelfMade(member, reading);
  for (const reference of reading.project.referencesTo(place)) readPlace(reference, member, reading);
}

function readPlace({ file, offset }: Place, member: Member, reading: Reading): void {
  const { name } = member.facts;
  const source = reading.project.sourceOf(file);
  if (source === undefined) {
    reading.gaps.push({ file: member.file, node: member.facts.node.id ?? member.facts.node, why: `${file}, which names ${name}, cannot be parsed` });
    return;
  }
  const reference = readReference(source, offset);
  const gap = (node: TSESTree.Node, why: string): number => reading.gaps.push({ file, node, why });
  if (reference === undefined) {
    gap(source.program, `${name} is named in a place that cannot be read`);
    return;
  }
  switch (reference.kind) {
    case 'construction':
      reading.constructions.push({ file, source, node: reference.node, made: member });
      return;
    case 'subclass': {
      const facts = classesOf(source.program, source.text).find(({ node }) => node === reference.node);
      if (facts === undefined) gap(reference.node, `a class that extends ${name} cannot be read`);
      else readMember({ file, source, facts, base: member }, reading);
      return;
    }
    case 'member':
      if (isPrototypeOrFunction(reference.node)) gap(reference.node, `${name} is used as a value here`);
      return;
    case 'call':
    case 'escape':
      gap(reference.name, `${name} is handed on as a value on line ${lineOf(source, reference.name)}, and may be constructed out of sight`);
      return;
    case 'token':
      gap(reference.name, `${name} is a type that a decorated class asks its container for, which may construct it out of sight`);
      return;
    case 'declaration':
    case 'module':
    case 'test':
    case 'type':
  }
}

/** `X.bind(…)`, and `X.prototype.constructor`. */
function isPrototypeOrFunction(node: TSESTree.Node): boolean {
  const name = node.type === 'MemberExpression' ? memberName(node) : undefined;
  return name === undefined || name === 'bind' || name === 'constructor';
}

/** `new this()`, `new this.constructor()`, and `this` of a static method that is handed on. */
function readSelfMade({ file, facts, source }: Member, { gaps }: Reading): void {
  const found: TSESTree.Node[] = [];
  const statics = facts.node.body.body.filter((member) => member.type === 'StaticBlock' || ('static' in member && member.static));
  const parents = parentsOf(source.program);
  visit(facts.node, (node) => {
    if (node.type === 'MetaProperty' && node.meta.name === 'new') found.push(node);
    if (node.type === 'MemberExpression' && memberName(node) === 'constructor' && unwrap(node.object).type === 'ThisExpression') found.push(node);
    if (node.type === 'ThisExpression' && statics.some((member) => contains(member, node))) {
      const value = outermost(node, { parents });
      const parent = parents.get(value);
      if (parent?.type !== 'MemberExpression' || parent.object !== value) found.push(node);
    }
    return undefined;
  });
  const [first] = found;
  if (first !== undefined) gaps.push({ file, node: first, why: `${facts.name} may construct instances by another name than its own here` });
}
