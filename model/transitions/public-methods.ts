import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { chain } from '../locks/lock-scope.ts';
import { PAIRS } from '../pairs.ts';
import type { Hooks } from '../read-sides.ts';
import type { ClassFacts, Method } from '../service.ts';
import { sideNames } from '../side-names.ts';

const LIFECYCLE = new Set([...PAIRS.flatMap(({ start, stop }) => [start, stop]), '[Symbol.dispose]', '[Symbol.asyncDispose]']);

/** What callers see beside start and stop. A method that the class itself calls is read where it is called. */
export function publicMethods(facts: ClassFacts, { start, stop }: Hooks): readonly Method[] {
  if (mayBeHooks(facts)) return [];
  const lifecycle = sideNames(start, stop);
  const used = mentionedIn(facts);
  return [...facts.methods.values()].filter((method) => {
    const { name, isPublic, isStatic, isGenerator } = method;
    if (!isPublic || isStatic || isGenerator || name.startsWith('_') || name.startsWith('[')) return false;
    return !lifecycle.has(name) && !LIFECYCLE.has(name) && !used.has(name) && !isOverride(method);
  });
}

/** A base out of sight may call any of them, at times that only it knows. An emitter calls none. */
function mayBeHooks(facts: ClassFacts): boolean {
  const last = chain(facts).at(-1);
  if (last?.base !== 'unknown') return false;
  const { superClass } = last.node;
  return superClass === null || !/(?:Emitter|EventTarget)$/.test(calledName(superClass));
}

function calledName(node: TSESTree.Node): string {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return memberName(inner) ?? '';
  // `TypedEmitter<Events>()`, `(EventEmitter as new () => TypedEmitter<Events>)`
  return inner.type === 'CallExpression' ? calledName(inner.callee) : '';
}

/** Whoever calls an override is the base, and what it holds meanwhile is for the base to know. */
function isOverride({ node }: Method): boolean {
  return node.override;
}

function mentionedIn(facts: ClassFacts): ReadonlySet<string> {
  const names = new Set<string>();
  visit(facts.node.body, (node) => {
    const name = node.type === 'MemberExpression' ? thisMember(node) : undefined;
    if (name !== undefined) names.add(name);
    // `const { ensureRunning } = this`
    if (node.type === 'VariableDeclarator' && node.init?.type === 'ThisExpression' && node.id.type === 'ObjectPattern') {
      for (const property of node.id.properties) if (property.type === 'Property') names.add(keyName(property) ?? '');
    }
    return undefined;
  });
  return names;
}
