import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts, Field, FunctionNode, Hold, Method, MethodValue } from '../service.ts';
import type { ResolvedSettings } from '../settings.ts';
import { type FileNames, fileNamesOf } from './file-names.ts';
import { type Locals, localsOf } from './locals.ts';
import { mayLock } from './may-lock.ts';
import type { LockUse } from './use.ts';

/** What one method says about locks. */
export interface MethodHolds {
  readonly holds: readonly Hold[];
  /** A use of a lock, or of something that may hold one, which could not be read. */
  readonly unread: TSESTree.Node | undefined;
}

/** Where lock questions are asked from: the class that the code stands in, and the class whose instances are looked at. */
export interface LockScope {
  readonly facts: ClassFacts;
  /** The most derived class: `this.hook()` in a base method is its hook. */
  readonly self: ClassFacts;
  readonly settings: ResolvedSettings;
  readonly file: FileNames;
  readonly locals: Locals;
  /** False where no word of the class is one that a lock has. */
  readonly mayLock: boolean;
  /** Names of the lifecycle methods, which are not steps of one another. */
  readonly lifecycle: ReadonlySet<string>;
  /** Answers so far, by function; `undefined` while one is being read. */
  readonly answers: Map<FunctionNode, MethodHolds | undefined>;
  /** The same for calls: what each of them does with a lock. */
  readonly uses: Map<TSESTree.CallExpression, LockUse | undefined>;
}

export interface FoundMethod {
  readonly method: Method;
  /** The class that it stands in. */
  readonly owner: ClassFacts;
}

export function lockScopeOf(
  facts: ClassFacts,
  settings: ResolvedSettings,
  lifecycle: ReadonlySet<string>,
  program: TSESTree.Program | undefined,
): LockScope {
  const file = fileNamesOf(program);
  return {
    facts,
    self: facts,
    settings,
    file,
    locals: new Map(),
    mayLock: mayLock(chain(facts), file, settings),
    lifecycle,
    answers: new Map(),
    uses: new Map(),
  };
}

/** The scope inside a method: its own names and the class it stands in. */
export function scopeIn(scope: LockScope, owner: ClassFacts, value: FunctionNode): LockScope {
  return { ...scope, facts: owner, locals: localsOf(value) };
}

/** The method that `this.name` means. A `#name` belongs to the class that the code stands in. */
export function findMethod(scope: LockScope, name: string): FoundMethod | undefined {
  return findFrom(name.startsWith('#') ? scope.facts : scope.self, name);
}

/** The method that `super.name` means. */
export function findInBase(scope: LockScope, name: string): FoundMethod | undefined {
  return typeof scope.facts.base === 'object' ? findFrom(scope.facts.base, name) : undefined;
}

function findFrom(facts: ClassFacts, name: string): FoundMethod | undefined {
  for (const owner of chain(facts)) {
    const method = owner.methods.get(name);
    if (method !== undefined && !method.isStatic) return { method, owner };
  }
  return undefined;
}

export function findField(scope: LockScope, name: string): Field | undefined {
  for (const owner of chain(name.startsWith('#') ? scope.facts : scope.self)) {
    const field = owner.fields.get(name);
    if (field !== undefined) return field;
  }
  return undefined;
}

export function findGetter(scope: LockScope, name: string): MethodValue | undefined {
  for (const owner of chain(name.startsWith('#') ? scope.facts : scope.self)) {
    const getter = owner.getters.get(name);
    if (getter !== undefined) return getter;
  }
  return undefined;
}

/** The class and its bases in the file, nearest first. */
export function chain(facts: ClassFacts): readonly ClassFacts[] {
  const classes: ClassFacts[] = [];
  for (let at: ClassFacts['base'] = facts; typeof at === 'object'; at = at.base) classes.push(at);
  return classes;
}

/** Whether a part of the class is written where it cannot be seen. */
export function hasUnknownBase(scope: LockScope): boolean {
  return chain(scope.self).at(-1)?.base === 'unknown';
}
