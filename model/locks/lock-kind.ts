import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { FileNames } from './file-names.ts';
import { type LockKind, NO_LOCK } from './kind.ts';
import { homeMade, kindOfHomeMade } from './kind-of-home-made.ts';
import { isLease, libraryByName, libraryOf, type LockLibrary } from './lock-libraries.ts';
import { hasLeak, hasOption } from './lock-options.ts';
import { permitsOf } from './lock-permits.ts';

export interface KindScope {
  readonly file: FileNames;
  readonly settings: ResolvedSettings;
}

const EFFECT_MAKERS = new Set(['make', 'makeSemaphore', 'makeUnsafe', 'unsafeMake', 'unsafeMakeSemaphore']);
const EFFECT: LockLibrary = {
  from: 'effect',
  name: 'Semaphore',
  run: ['withPermit', 'withPermits'],
  acquire: ['take'],
  release: ['release'],
};
const BUILT_INS =
  /^(?:AbortController|Array|Boolean|Date|Error|EventEmitter|Map|Number|Object|Promise|RegExp|Set|String|URL|WeakMap|WeakSet)$/;

/** What an initialiser makes; undefined where it does not say. */
export function kindOfValue(node: TSESTree.Node, scope: KindScope): LockKind | undefined {
  const value = unwrap(node);
  switch (value.type) {
    case 'NewExpression':
    case 'CallExpression':
      return kindOfCall(value, scope);
    case 'AwaitExpression':
      return kindOfValue(value.argument, scope);
    case 'LogicalExpression':
      return kindOfValue(value.right, scope);
    case 'AssignmentExpression':
      return kindOfValue(value.right, scope);
    case 'Identifier': {
      const constant = scope.file.constants.get(value.name);
      return constant === undefined ? undefined : kindOfValue(constant, { ...scope, file: { ...scope.file, constants: new Map() } });
    }
    case 'Literal':
      return value.value === null ? undefined : NO_LOCK;
    case 'ArrayExpression':
    case 'TemplateLiteral':
      return NO_LOCK;
    default:
      return isFunction(value) ? NO_LOCK : undefined;
  }
}

function kindOfCall(call: TSESTree.CallExpression | TSESTree.NewExpression, scope: KindScope): LockKind | undefined {
  const name = calleeName(call);
  const [first] = call.arguments;
  if (name === undefined) return undefined;
  if ((name === 'withTimeout' || name === 'tryAcquire' || name === 'runSync') && first !== undefined) return kindOfValue(first, scope);
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression' && EFFECT_MAKERS.has(name) && isEffect(callee, scope))
    return counted(EFFECT, [first], scope, 'argument');
  return kindOfName(call.callee, scope, call);
}

function isEffect(callee: TSESTree.MemberExpression, { file }: KindScope): boolean {
  const root = unwrap(callee.object);
  if (root.type !== 'Identifier' || (root.name !== 'Effect' && root.name !== 'Semaphore')) return false;
  const imported = file.imports.get(root.name);
  return imported === undefined || /^effect(?:\/|$)/.test(imported.from);
}

/** What instances of a class are, or what a factory makes. `call` is missing for a type, which does not tell the number of holders. */
export function kindOfName(
  callee: TSESTree.Node,
  scope: KindScope,
  call?: TSESTree.CallExpression | TSESTree.NewExpression,
): LockKind | undefined {
  const named = unwrap(callee);
  const root = named.type === 'MemberExpression' ? unwrap(named.object) : named;
  const name = named.type === 'Identifier' ? named.name : named.type === 'MemberExpression' ? memberName(named) : undefined;
  if (name === undefined) return undefined;
  const imported = root.type === 'Identifier' ? scope.file.imports.get(root.name) : undefined;
  if (imported !== undefined && isLease(imported)) return NO_LOCK;
  const own = scope.file.classes.get(name);
  const seen = imported === undefined ? undefined : libraryOf(imported, named === root ? undefined : name);
  const library = seen ?? (imported === undefined && own === undefined ? libraryByName(name) : undefined);
  if (library !== undefined) return counted(library, call?.arguments, scope, library.permits);
  if (scope.settings.lockClasses.includes(name)) return homeMade(name, 'yes');
  if (imported === undefined && own === undefined && BUILT_INS.test(name)) return NO_LOCK;
  return kindOfHomeMade(name, own, imported?.from, scope.file, call);
}

function counted(
  library: LockLibrary,
  args: readonly (TSESTree.CallExpressionArgument | undefined)[] | undefined,
  { file }: KindScope,
  where: LockLibrary['permits'],
): LockKind | undefined {
  const permits = where === undefined ? 'one' : permitsOf(args, where, file);
  if (permits === 'many') return NO_LOCK;
  const options = args?.find((arg) => arg?.type === 'ObjectExpression');
  return {
    isLock: permits === 'one' ? 'yes' : 'unknown',
    from: library.from,
    library,
    isReentrant: hasOption(options, ['domainReentrant']),
    isLeaky: hasLeak(options),
  };
}
