import { calleeText } from './ast/callee-text.ts';
import { memberName } from './ast/member-name.ts';
import { thisMember } from './ast/this-member.ts';
import { unwrap } from './ast/unwrap.ts';
import { isLog } from './flow/is-log.ts';
import type { Step } from './flow/step.ts';
import { readFlow } from './read-flow.ts';
import type { ClassFacts, DisposeFacts, Fact, Method, Side } from './service.ts';
import { methodOf } from './flow/walk.ts';

/** Whether a class can be disposed of, and whether that stops it. */
export function readDispose(facts: ClassFacts, stop: Side): DisposeFacts {
  const asyncMethod = methodOf(facts, '[Symbol.asyncDispose]');
  const field = facts.fields.get('[Symbol.asyncDispose]');
  const inherited: Fact = hasUnseenBase(facts) ? 'unknown' : 'no';
  return Object.freeze({
    hasAsync: asyncMethod !== undefined || field !== undefined ? 'yes' : inherited,
    reachesStop: asyncMethod === undefined ? aliasesStop(field?.init, stop) : reachesStop(facts, asyncMethod, stop),
    asyncMethod,
    syncMethod: methodOf(facts, '[Symbol.dispose]'),
  });
}

/** Bases of the platform that have no dispose of their own. */
const BARE_BASES = new Set(['AsyncResource', 'EventEmitter', 'EventTarget', 'TypedEventEmitter', 'TypedEventTarget']);

function hasUnseenBase({ base, node }: ClassFacts): boolean {
  if (typeof base === 'object') return hasUnseenBase(base);
  return base === 'unknown' && !BARE_BASES.has(baseName(node) ?? '');
}

/** `EventEmitter` for `extends EventEmitter` and `extends events.EventEmitter`. */
function baseName({ superClass }: ClassFacts['node']): string | undefined {
  const base = superClass === null ? undefined : unwrap(superClass);
  if (base?.type === 'MemberExpression') return memberName(base);
  return base?.type === 'Identifier' ? base.name : undefined;
}

function stopNames(stop: Side): ReadonlySet<string> {
  return new Set([...stop.methods, ...stop.forwarders].map(({ name }) => name));
}

/** `[Symbol.asyncDispose] = this.stop` */
function aliasesStop(init: Parameters<typeof thisMember>[0] | undefined, stop: Side): Fact {
  const name = init === undefined ? undefined : thisMember(init);
  return name !== undefined && stopNames(stop).has(name) ? 'yes' : 'unknown';
}

/** Where dispose does not call stop it may do the same by other means; that is seen only by its having nothing in common with it. */
function reachesStop(facts: ClassFacts, method: Method, stop: Side): Fact {
  const names = stopNames(stop);
  if (names.has(method.name)) return 'yes';
  const { steps, background, cut } = readFlow(facts, method, names);
  if ([...steps, ...background].some((step) => step.kind === 'call' && step.self && names.has(step.name))) return 'yes';
  return cut || steps.some((step) => !isLog(step) && !isIdle(step)) ? 'unknown' : 'no';
}

/** `return Promise.resolve()`, `await Promise.resolve()` */
function isIdle({ node: at }: Step): boolean {
  const node = at.type === 'AwaitExpression' ? unwrap(at.argument) : at;
  return node.type === 'CallExpression' && node.arguments.length === 0 && calleeText(node) === 'Promise.resolve()';
}
