import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { ClassFacts, Field, Lock, Side } from '../service.ts';
import type { ResolvedSettings } from '../settings.ts';
import { readHotUses } from './hot-uses.ts';
import { kindOfValue } from './lock-kind.ts';
import { type LockScope, lockScopeOf, scopeIn } from './lock-scope.ts';
import { type LockShape, shapeOfClass, shapeOfLibrary } from './lock-shape.ts';
import { lockUseOf } from './lock-use.ts';

/** A lock that a class has already and may take for its lifecycle. */
export interface ReusableLock {
  /** As written after `this`. */
  readonly field: string;
  readonly from: string | undefined;
  readonly shape: LockShape;
  /** The methods that use it so far; a codemod must not wrap what takes it inside. */
  readonly usedIn: readonly string[];
}

/**
 * The lock field to reuse: made by the class itself, once, for one holder, and not used on the hot path. One that a lifecycle method
 * holds already comes first.
 */
export function readReusableLock(
  facts: ClassFacts,
  start: Side,
  stop: Side,
  settings: ResolvedSettings,
  program?: TSESTree.Program,
): ReusableLock | undefined {
  const lifecycle = new Set([start, stop].flatMap((side) => [...side.methods, ...side.forwarders]).map(({ name }) => name));
  const scope = lockScopeOf(facts, settings, lifecycle, program);
  if (!scope.mayLock) return undefined;
  const found = [...facts.fields.values()].flatMap((field) => reusable(field, scope) ?? []);
  return found.find(({ usedIn }) => usedIn.some((name) => lifecycle.has(name))) ?? found[0];
}

function reusable(field: Field, scope: LockScope): ReusableLock | undefined {
  const { init, name } = field;
  if (init === undefined || field.isStatic) return undefined;
  // A lock that is handed in may be shared with others.
  const value = unwrap(init);
  if (value.type !== 'NewExpression' && (value.type !== 'CallExpression' || calleeName(value) === undefined)) return undefined;
  const kind = kindOfValue(init, scope);
  if (kind?.isLock !== 'yes' || kind.isLeaky) return undefined;
  const made = scope.file.classes.get(calleeName(value) ?? '');
  const shape =
    kind.library !== undefined ? shapeOfLibrary(kind.library) : made !== undefined ? shapeOfClass(made) : shapeInUse(name, scope);
  const lock: Lock = { key: name, scope: 'instance', from: kind.from, node: field.node };
  const isHot = usesOf(name, scope).some((use) => use.scope !== 'instance') || readHotUses(lock, scope).length > 0;
  if (shape === undefined || isHot) return undefined;
  return Object.freeze({
    field: name,
    from: kind.from,
    shape,
    usedIn: Object.freeze([...new Set(usesOf(name, scope).map(({ method }) => method))]),
  });
}

/** The shape of a lock whose class is elsewhere, from the first callback that it runs here. */
function shapeInUse(name: string, scope: LockScope): LockShape | undefined {
  const run = usesOf(name, scope).find(({ kind, ran }) => kind === 'run' && ran !== undefined);
  return run?.ran === undefined ? undefined : { kind: 'run', method: run.ran, isKeyed: false };
}

interface FieldUse {
  readonly method: string;
  readonly kind: string;
  readonly ran: string | undefined;
  readonly scope: Lock['scope'];
}

function usesOf(field: string, scope: LockScope): readonly FieldUse[] {
  const uses: FieldUse[] = [];
  for (const method of scope.facts.methods.values()) {
    const inner = scopeIn(scope, scope.facts, method.value);
    visit(method.value.body, (node) => {
      if (rebindsThis(node)) return 'skip';
      const use = node.type === 'CallExpression' ? lockUseOf(node, inner) : undefined;
      if (node.type !== 'CallExpression' || use?.lock.key.split('(')[0] !== field) return undefined;
      const callee = unwrap(node.callee);
      const isDirect = callee.type === 'MemberExpression' && thisMember(callee.object) === field;
      uses.push({ method: method.name, kind: use.kind, ran: isDirect ? calleeName(node) : undefined, scope: use.lock.scope });
      return undefined;
    });
  }
  return uses;
}
