import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../ast/this-member.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { ClassFacts, Lock } from '../service.ts';
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
  return place.path.length === 1 && field !== undefined && chain(scope.self).some((facts) => remadeFields(facts).has(field)) ? 'local' : 'instance';
}

const remade = new WeakMap<ClassFacts, ReadonlySet<string>>();

/** The fields that a method puts a new object into: who comes later would wait for another lock. */
function remadeFields(facts: ClassFacts): ReadonlySet<string> {
  const known = remade.get(facts);
  if (known !== undefined) return known;
  const fields = new Set<string>();
  for (const { value } of facts.methods.values()) {
    visit(value.body, (node) => {
      if (rebindsThis(node)) return 'skip';
      const field = node.type === 'AssignmentExpression' && node.operator === '=' ? thisMember(node.left) : undefined;
      if (field !== undefined && node.type === 'AssignmentExpression' && unwrap(node.right).type === 'NewExpression') fields.add(field);
      return undefined;
    });
  }
  remade.set(facts, fields);
  return fields;
}
