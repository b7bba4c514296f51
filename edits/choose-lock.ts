import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { FIELD_NAMES } from './field-role.ts';
import { inlineLock } from './inline-lock.ts';
import { insertField } from './insert-field.ts';
import { insertImport } from './insert-import.ts';
import type { LifecycleLockOptions } from './lifecycle-lock-options.ts';
import { chooseLibrary } from './lock-library.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { LockUse } from './lock-use.ts';
import { freeMemberName, memberNamingOf } from './member-naming.ts';
import type { Change, Need } from './outcome.ts';
import { reuseLock } from './reuse-lock.ts';
import { fileStyleOf } from './text/file-style.ts';

export interface ChosenLock {
  /** Undefined where the class has a lock that can only be widened where it is. */
  readonly use: LockUse | undefined;
  /** What declares it, where the class had none. */
  readonly changes: readonly Change[];
  readonly needs: readonly Need[];
}

/** The lock that the class has, else a new one in a field of its own. */
export function chooseLock(service: Service, source: Source, options: LifecycleLockOptions): ChosenLock | Obstacle {
  const { lifecycle, holds, hotUses } = service.lock;
  if (lifecycle === undefined || isForOtherThings(service)) return newLock(service, source, options);
  const [hot] = hotUses;
  if (lifecycle.scope !== 'instance') {
    return { node: lifecycle.node, why: `takes the ${lifecycle.scope} lock ${lifecycle.key}, which is not one for each instance` };
  }
  if (hot !== undefined)
    return { node: hot.node, why: `takes its lock ${lifecycle.key} in ${hot.method}() as well, which is no part of the lifecycle` };
  const hold =
    holds.find((one) => one.lock.key === lifecycle.key && one.covers === 'yes') ?? holds.find((one) => one.lock.key === lifecycle.key);
  const use = hold === undefined ? undefined : reuseLock(source, hold);
  return { use, changes: [], needs: [] };
}

/** A lock that others take too, and over no whole method of the lifecycle, is there for something else. */
export function isForOtherThings({ lock }: Service): boolean {
  const isShared = lock.lifecycle?.scope !== 'instance' || lock.hotUses.length > 0;
  return isShared && lock.holds.every(({ covers }) => covers === 'no');
}

function newLock({ facts, node }: Service, source: Source, { lock, lockFile, style, packages }: LifecycleLockOptions): ChosenLock | Obstacle {
  if (fileStyleOf(source).module === 'unknown') return { node, why: 'is in a file of which it cannot be told whether it is an ES module or CommonJS' };
  const isVendored = lock === 'inline' || style === 'using';
  const library = isVendored ? inlineLock(source, lockFile, style === 'using') : chooseLibrary(source, packages ?? []);
  const naming = memberNamingOf(facts, source);
  const name = freeMemberName(facts, naming, FIELD_NAMES.lock);
  const { local, changes } = insertImport(source, library);
  return {
    use: library.use(`this.${name}`, fileStyleOf(source).quote),
    changes: [...changes, insertField(source, node, naming, name, `new ${local}()`)],
    needs: [{ specifier: library.specifier, kind: isVendored ? 'file' : 'package' }],
  };
}
