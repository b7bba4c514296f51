import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import type { ClassFacts, ClassNode } from '../service.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { FileNames } from './file-names.ts';
import { libraryOf } from './lock-libraries.ts';
import { TELLING_WORDS } from './lock-words.ts';

const cache = new WeakMap<ClassNode, boolean>();

/** Part of every name by which a lock, its library or a queue of promises is known; `block` and `clock` are none. */
const LOCKISH = /(?<![bc])lock|mutex|mtx|sema|sequen|serial|limit|queue|mortice|acquire|obtain/i;
/** Ways to make the promise that a queue of promises begins with. */
const MAKERS = new Set(['resolve', 'try', 'withResolvers']);

/**
 * Whether a class has any of the words without which no lock is told. Most classes have none, and need not be read any further: this
 * one walk instead of many is what keeps the model cheap.
 */
export function mayLock(
  classes: readonly ClassFacts[],
  { imports }: FileNames,
  { lockMethods, lockClasses, lockDecorators }: ResolvedSettings,
): boolean {
  if ([...imports.values()].some((imported) => libraryOf(imported) !== undefined)) return true;
  if (lockMethods.length + lockClasses.length + lockDecorators.length > 0) return true;
  return classes.some(({ node }) => {
    const known = cache.get(node);
    if (known !== undefined) return known;
    const answer = someBelow(node, isLockish);
    cache.set(node, answer);
    return answer;
  });
}

function isLockish(node: TSESTree.Node): boolean {
  if (node.type === 'VariableDeclaration') return node.kind === 'using' || node.kind === 'await using';
  if (node.type === 'Literal') return typeof node.value === 'string' && LOCKISH.test(node.value);
  if (node.type === 'NewExpression') return isNamed(node.callee, 'Promise');
  if (node.type === 'MemberExpression' && isNamed(node.object, 'Promise')) return MAKERS.has(memberName(node) ?? '');
  if (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier') return false;
  return node.name === 'then' || TELLING_WORDS.has(node.name) || LOCKISH.test(node.name);
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}
