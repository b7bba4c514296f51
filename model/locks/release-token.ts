import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../ast/bound-names.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Lock } from '../service.ts';
import { isSameLock } from './lock-of.ts';
import type { LockScope } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import { RELEASE_WORDS } from './lock-words.ts';

/** Where the outcome of an acquire went: `r` in `const r = await m.acquire()`, both of `const [value, r] = …`. */
export interface Token {
  readonly names: readonly string[];
  /** In a field, where other methods find it. */
  readonly isKept: boolean;
  readonly field: string | undefined;
}

export function tokenOf(target: TSESTree.Node | undefined): Token {
  if (target === undefined) return { names: [], isKept: false, field: undefined };
  const inner = unwrap(target);
  const field = thisMember(inner);
  return { names: boundNames(inner), isKept: inner.type === 'MemberExpression', field };
}

/** `r()`, `r?.()`, `r.unlock()`, `this.#release()`, `lock.release()`. */
export function isRelease(node: TSESTree.Node, lock: Lock, token: Token, scope: LockScope): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  if (isToken(callee, token)) return true;
  if (callee.type !== 'MemberExpression') return false;
  const name = memberName(callee);
  if (name === undefined) return false;
  if ((RELEASE_WORDS.has(name) || name === 'call') && isToken(unwrap(callee.object), token)) return true;
  const use = lockUseOf(node, scope);
  return use?.kind === 'release' && isSameLock(use.lock, lock);
}

function isToken(node: TSESTree.Node, { names, field }: Token): boolean {
  if (node.type === 'Identifier') return names.includes(node.name);
  return field !== undefined && thisMember(node) === field;
}
