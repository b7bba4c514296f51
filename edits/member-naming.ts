import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../model/ast/key-name.ts';
import type { ClassFacts, ClassNode } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';

/** How a class marks what is its own: `#lock`, `private readonly lock`, `private readonly _lock`, or `_lock` in plain JavaScript. */
export interface MemberNaming {
  readonly prefix: '' | '#' | '_';
  readonly modifier: '' | 'private ';
  /** Plain JavaScript that declares no field and sets each one in the constructor. */
  readonly inConstructor: boolean;
}

const cache = new WeakMap<ClassFacts, MemberNaming>();

export function memberNamingOf(facts: ClassFacts, source: Source): MemberNaming {
  const known = cache.get(facts);
  if (known !== undefined) return known;
  const naming = readNaming(facts, source);
  cache.set(facts, naming);
  return naming;
}

function readNaming(facts: ClassFacts, source: Source): MemberNaming {
  const { isTypeScript } = fileStyleOf(source);
  const own = marksOf(facts.node);
  if (own.hash > 0) return { prefix: '#', modifier: '', inConstructor: false };
  if (isTypeScript) {
    if (own.keyword > 0) return { prefix: own.underscoredKeyword * 2 > own.keyword ? '_' : '', modifier: 'private ', inConstructor: false };
    return /^\s*private\s/m.test(source.text)
      ? { prefix: '', modifier: 'private ', inConstructor: false }
      : { prefix: '#', modifier: '', inConstructor: false };
  }
  const inConstructor = !own.hasFields && [...facts.fields.values()].some(({ node }) => node.type === 'AssignmentExpression');
  const isUnderscored = inConstructor || [...facts.methods.keys(), ...facts.fields.keys()].some((name) => name.startsWith('_'));
  return { prefix: isUnderscored ? '_' : '#', modifier: '', inConstructor };
}

interface Marks {
  hash: number;
  keyword: number;
  underscoredKeyword: number;
  hasFields: boolean;
}

function marksOf(node: ClassNode): Marks {
  const marks: Marks = { hash: 0, keyword: 0, underscoredKeyword: 0, hasFields: false };
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock' || member.type === 'TSIndexSignature') continue;
    const name = keyName(member);
    if (member.type === 'PropertyDefinition') marks.hasFields = true;
    if (name?.startsWith('#')) marks.hash++;
    if (member.accessibility === 'private') countKeyword(marks, name);
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
      for (const parameter of privateParameters(member)) countKeyword(marks, parameter);
    }
  }
  return marks;
}

/** `constructor(private readonly name: string)` */
function privateParameters({ value }: TSESTree.MethodDefinition): readonly string[] {
  return value.params.flatMap((param) => {
    if (param.type !== 'TSParameterProperty' || param.accessibility !== 'private') return [];
    const { parameter } = param;
    const target: TSESTree.Node = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    return target.type === 'Identifier' ? [target.name] : [];
  });
}

function countKeyword(marks: Marks, name: string | undefined): void {
  marks.keyword++;
  if (name?.startsWith('_')) marks.underscoredKeyword++;
}

/** A member's name in the class's own convention, which no class of the hierarchy in this file has. */
export function freeMemberName(facts: ClassFacts, naming: MemberNaming, candidates: readonly [string, ...string[]]): string {
  const taken = new Set<string>();
  for (const relative of hierarchyOf(facts)) {
    for (const name of [...relative.methods.keys(), ...relative.getters.keys(), ...relative.fields.keys(), ...relative.bodyless]) {
      taken.add(name.replace(/^[#_]/, ''));
    }
  }
  return `${naming.prefix}${freeName(candidates, (name) => taken.has(name))}`;
}

function hierarchyOf(facts: ClassFacts): readonly ClassFacts[] {
  let root = facts;
  while (typeof root.base === 'object') root = root.base;
  const found = [root];
  for (const relative of found) found.push(...relative.subclasses);
  return found;
}
