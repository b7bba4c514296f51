import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { thisMember } from '../ast/this-member.ts';
import { methodOf } from '../flow/walk.ts';
import type { Machine } from './machine.ts';
import type { State } from './state.ts';

const TIMEOUT = /time[-_ ]?d?[-_ ]?out|deadline|expired/i;
const ENDED = /^(?:is|was|has)?(?:all)?(?:completed?|done|drained|ended|exited|finished|gracefully|idle|ok|settled|stopped)$/i;

const TELLING = new Set(['BinaryExpression', 'CallExpression', 'Identifier', 'MemberExpression']);

/**
 * What a condition on the error that ended a drain says, or on what came out of it: whether the time was up. Undefined for any other
 * condition, and where it cannot be told.
 */
export function tellsTimeout(machine: Machine, node: TSESTree.Node, state: State): boolean | undefined {
  const { raise } = machine;
  if (raise === undefined || !state.raised) return undefined;
  const inner = unwrap(node);
  if (!TELLING.has(inner.type) || (inner.type === 'CallExpression' && isFollowed(machine, inner, state))) return undefined;
  const isTimeout = raise.error === 'timeout';
  if (inner.type === 'Identifier') return readName(inner, state, isTimeout);
  const isCaught = someBelow(inner, (part) => holds(part, state, 'caught'));
  const isOutcome = someBelow(inner, (part) => holds(part, state, 'outcome'));
  if (!isCaught && !isOutcome) return undefined;
  if (isCaught && isAnyError(inner)) return true;
  const names = (part: TSESTree.Node): boolean => isTimeoutName(part, raise.deadline.error) && !holds(part, state, 'caught') && !holds(part, state, 'outcome');
  if (!someBelow(inner, names)) return undefined;
  const isNegated = inner.type === 'BinaryExpression' && (inner.operator === '!==' || inner.operator === '!=');
  return isTimeout !== isNegated;
}

/** The case for a timeout in `switch (error.name)`. */
export function tellsCase(machine: Machine, discriminant: TSESTree.Node, test: TSESTree.Node, state: State): boolean | undefined {
  const { raise } = machine;
  const isCaught = state.raised && someBelow(discriminant, (part) => holds(part, state, 'caught'));
  return isCaught && raise !== undefined && isTimeoutName(test, raise.deadline.error) ? raise.error === 'timeout' : undefined;
}

/** A function whose text is at hand says it better than its name. */
function isFollowed({ facts }: Machine, { callee }: TSESTree.CallExpression, { locals }: State): boolean {
  const inner = unwrap(callee);
  if (inner.type === 'Identifier') return locals.get(inner.name)?.some(({ kind }) => kind === 'function') ?? false;
  return methodOf(facts, thisMember(inner) ?? '') !== undefined;
}

/** `if (timedOut)`, `if (drained)`. */
function readName({ name }: TSESTree.Identifier, state: State, isTimeout: boolean): boolean | undefined {
  if (state.locals.get(name)?.some(({ kind }) => kind === 'caught')) return undefined;
  const isOutcome = state.locals.get(name)?.some(({ kind }) => kind === 'outcome') ?? false;
  if (TIMEOUT.test(name) && state.locals.has(name)) return isTimeout;
  return isOutcome && ENDED.test(name) ? !isTimeout : undefined;
}

function holds(node: TSESTree.Node, { locals }: State, kind: 'caught' | 'outcome'): boolean {
  return node.type === 'Identifier' && (locals.get(node.name)?.some((val) => val.kind === kind) ?? false);
}

/** `error instanceof Error`: no telling one from another. */
function isAnyError(node: TSESTree.Node): boolean {
  return node.type === 'BinaryExpression' && node.operator === 'instanceof' && node.right.type === 'Identifier' && node.right.name === 'Error';
}

function isTimeoutName(node: TSESTree.Node, error: string | undefined): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string' && TIMEOUT.test(node.value);
  if (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier') return false;
  return TIMEOUT.test(node.name) || node.name === error;
}
