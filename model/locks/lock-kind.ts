import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { ClassFacts, Fact } from '../service.ts';
import type { ResolvedSettings } from '../settings.ts';
import type { FileNames } from './file-names.ts';
import { isLease, libraryByName, libraryOf, type LockLibrary } from './lock-libraries.ts';
import { permitsOf } from './lock-permits.ts';
import { ACQUIRE_WORDS, isLockName, RUN_WORDS } from './lock-words.ts';

/** What a declaration says about being a lock. */
export interface LockKind {
  /** `unknown` where the number of holders or the class cannot be told. */
  readonly isLock: Fact;
  /** The package, or the class of a home-made lock. */
  readonly from: string | undefined;
  /** Undefined for a home-made lock, whose methods are told by their usual names. */
  readonly library: LockLibrary | undefined;
  /** Holds by `using` and by callable are possible for any; this one says that it may be taken again while held. */
  readonly isReentrant: boolean;
  /** An option frees it while the body still runs. */
  readonly isLeaky: boolean;
}

export interface KindScope {
  readonly file: FileNames;
  readonly settings: ResolvedSettings;
}

const NO_LOCK: LockKind = { isLock: 'no', from: undefined, library: undefined, isReentrant: false, isLeaky: false };
const EFFECT_MAKERS = new Set(['make', 'makeSemaphore', 'makeUnsafe', 'unsafeMake', 'unsafeMakeSemaphore']);
const EFFECT: LockLibrary = { from: 'effect', name: 'Semaphore', run: ['withPermit', 'withPermits'], acquire: ['take'], release: ['release'] };
const VSCODE_QUEUES = new Set(['Sequencer', 'SequencerByKey', 'Limiter', 'Queue']);
const BUILT_INS = /^(?:AbortController|Array|Boolean|Date|Error|EventEmitter|Map|Number|Object|Promise|RegExp|Set|String|URL|WeakMap|WeakSet)$/;

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
  if (callee.type === 'MemberExpression' && EFFECT_MAKERS.has(name) && isEffect(callee, scope)) return counted(EFFECT, [first], scope, 'argument');
  return kindOfName(call.callee, scope, call);
}

function isEffect(callee: TSESTree.MemberExpression, { file }: KindScope): boolean {
  const root = unwrap(callee.object);
  if (root.type !== 'Identifier' || (root.name !== 'Effect' && root.name !== 'Semaphore')) return false;
  const imported = file.imports.get(root.name);
  return imported === undefined || /^effect(?:\/|$)/.test(imported.from);
}

/** What instances of a class are, or what a factory makes. `call` is missing for a type, which does not tell the number of holders. */
export function kindOfName(callee: TSESTree.Node, scope: KindScope, call?: TSESTree.CallExpression | TSESTree.NewExpression): LockKind | undefined {
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
  return kindOfHomeMade(name, own, imported?.from, scope, call);
}

function kindOfHomeMade(
  name: string,
  own: ClassFacts | undefined,
  from: string | undefined,
  scope: KindScope,
  call: TSESTree.CallExpression | TSESTree.NewExpression | undefined,
): LockKind | undefined {
  const isQueue = VSCODE_QUEUES.has(name) && (name.startsWith('Sequencer') || own?.methods.has('queue') === true || /(?:^|\/)async(?:\.js)?$/.test(from ?? ''));
  if (!isQueue && !isLockName(name)) return undefined;
  if (own !== undefined && ![...own.methods.keys()].some((method) => RUN_WORDS.has(method) || ACQUIRE_WORDS.has(method))) return NO_LOCK;
  // The word for a call that makes no instance (`this.getLock()`) says nothing of what it returns.
  if (call?.type === 'CallExpression' && /^[a-z]/.test(name) && !/^(?:create|make|new)/.test(name)) return undefined;
  const counts = name === 'Limiter' || wordsOf(name).some((word) => word.startsWith('sema'));
  if (!counts) return homeMade(name, 'yes');
  const permits = permitsOf(call?.arguments, 'argument', scope.file);
  return permits === 'many' ? NO_LOCK : homeMade(name, permits === 'one' ? 'yes' : 'unknown');
}

function homeMade(from: string, isLock: Fact): LockKind {
  return { isLock, from, library: undefined, isReentrant: false, isLeaky: false };
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

/** Options by which a lock lets the next one in while the body still runs. */
export function hasLeak(options: TSESTree.Node | undefined): boolean {
  return hasOption(options, ['delayBeforeAutomaticRelease', 'ifAvailable', 'maxExecutionTime', 'maxOccupationTime', 'steal']) || hasOption(options, ['timeout'], ['concurrency']);
}

function hasOption(options: TSESTree.Node | undefined, names: readonly string[], beside: readonly string[] = []): boolean {
  if (options?.type !== 'ObjectExpression') return false;
  const keys = options.properties.map((property) => (property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : ''));
  return keys.some((key) => names.includes(key)) && beside.every((key) => keys.includes(key));
}
