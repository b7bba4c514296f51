import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Lock } from '../service.ts';
import type { LockKind } from './kind.ts';
import { kindOfType } from './kind-of-type.ts';
import { kindOfValue } from './lock-kind.ts';
import { type Place, placeOf } from './lock-place.ts';
import { chain, type LockScope } from './lock-scope.ts';
import { isLockName } from './lock-words.ts';

export interface FoundLock {
  readonly lock: Lock;
  /** Undefined where the declaration says nothing. */
  readonly kind: LockKind | undefined;
  /** Whether it is declared or called a lock, and not only used like one. */
  readonly looksLikeLock: boolean;
}

/**
 * The lock that an expression names; undefined for what is declared as something else. Where neither declaration nor name says that
 * it is a lock, it is one only if what is done with it `tells`.
 */
export function lockOf(node: TSESTree.Node, scope: LockScope, tells: boolean): FoundLock | undefined {
  const place = placeOf(node, scope);
  if (place === undefined || place.path.length === 0) return undefined;
  const kind = kindOfPlace(place, scope);
  if (kind?.isLock === 'no') return undefined;
  const name = place.path.at(-1) ?? '';
  const looksLikeLock = kind !== undefined || isLockName(name);
  if (!looksLikeLock && !tells) return undefined;
  const lock: Lock = { key: keyOf(place, scope), scope: scopeOf(place, scope), from: kind?.from, node: place.node };
  return { lock, kind, looksLikeLock };
}

/** Whether an expression is declared as something that lets several in at once, or is no lock at all. */
export function isDeclaredNoLock(node: TSESTree.Node, scope: LockScope): boolean {
  const place = placeOf(node, scope);
  return place !== undefined && place.path.length > 0 && kindOfPlace(place, scope)?.isLock === 'no';
}

export function isSameLock(first: Lock, second: Lock): boolean {
  // `#lock` of a base and `#lock` of its subclass are two fields.
  return first.key === second.key && first.scope === second.scope && (!first.key.startsWith('#') || first.node === second.node);
}

function kindOfPlace({ init, type }: Place, scope: LockScope): LockKind | undefined {
  const value = init === undefined ? undefined : kindOfValue(init, scope);
  return value ?? (type === undefined ? undefined : kindOfType(type, scope));
}

function keyOf(place: Place, scope: LockScope): string {
  const path = place.path.join('.');
  return place.root === 'static' ? `${scope.facts.name}.${path}` : path;
}

function scopeOf(place: Place, scope: LockScope): Lock['scope'] {
  if (place.root === 'static' || place.root === 'module') return place.root;
  if (place.root === 'local' || place.root === 'parameter') return 'local';
  const [field] = place.path;
  return place.path.length === 1 && field !== undefined && isRemade(field, scope) ? 'local' : 'instance';
}

/** Whether a method puts a new lock into the field, so that those who come later wait for another one. */
function isRemade(field: string, { self }: LockScope): boolean {
  return chain(self).some(({ methods }) =>
    [...methods.values()].some(({ value }) =>
      someBelow(
        value.body,
        (node) =>
          node.type === 'AssignmentExpression' &&
          node.operator === '=' &&
          thisMember(node.left) === field &&
          unwrap(node.right).type === 'NewExpression',
        rebindsThis,
      ),
    ),
  );
}
