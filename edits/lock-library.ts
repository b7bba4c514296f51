import type { Source } from '../model/source.ts';
import type { LockUse } from './lock-use.ts';

/** A lock that the edits know how to make and how to take. */
export interface LockLibrary {
  readonly specifier: string;
  /** The exported name; undefined for a default export. */
  readonly name: string | undefined;
  readonly locals: readonly [string, ...string[]];
  /** `lock` is the expression that names the instance, `quote` the file's own. */
  readonly use: (lock: string, quote: string) => LockUse;
}

const ASYNC_MUTEX: LockLibrary = {
  specifier: 'async-mutex',
  name: 'Mutex',
  locals: ['Mutex', 'AsyncMutex'],
  use: (lock) => ({ form: 'callback', open: `${lock}.runExclusive(`, close: ')' }),
};

const ES_TOOLKIT: LockLibrary = {
  specifier: 'es-toolkit',
  name: 'Mutex',
  locals: ['Mutex', 'AsyncMutex'],
  use: (lock) => ({ form: 'acquire', acquire: `await ${lock}.acquire()`, release: `${lock}.release()` }),
};

const ASYNC_LOCK: LockLibrary = {
  specifier: 'async-lock',
  name: undefined,
  locals: ['AsyncLock', 'AsyncLockLibrary'],
  use: (lock, quote) => ({ form: 'callback', open: `${lock}.acquire(${quote}lifecycle${quote}, `, close: ')' }),
};

const LIBRARIES = [ASYNC_MUTEX, ES_TOOLKIT, ASYNC_LOCK];

/** The library to take a new lock from: one that the file imports, else one that the project has, else async-mutex. */
export function chooseLibrary({ program, text }: Source, packages: readonly string[]): LockLibrary {
  const imported = LIBRARIES.find(({ specifier }) => {
    if (program.body.some((node) => node.type === 'ImportDeclaration' && node.importKind !== 'type' && node.source.value === specifier))
      return true;
    return text.includes(`require('${specifier}')`) || text.includes(`require("${specifier}")`);
  });
  return imported ?? LIBRARIES.find(({ specifier }) => packages.includes(specifier)) ?? ASYNC_MUTEX;
}
