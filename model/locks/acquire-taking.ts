import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold } from '../service.ts';
import { isReleasedElsewhere } from './is-released-elsewhere.ts';
import { isLogging } from '../ast/is-logging.ts';
import { isPure } from './is-pure.ts';
import type { LockScope } from './lock-scope.ts';
import { lockUseOf } from './lock-use.ts';
import type { LockUse } from './use.ts';
import { isRelease, type Token, tokenOf } from './release-token.ts';
import type { Statements, Taking } from './taking.ts';
import { unawaitedReturn } from './unawaited-return.ts';

/** `const release = await lock.acquire(); try { … } finally { release(); }`, and what is left of it where it is not done well. */
export function acquireTaking(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  const statement = statements[index];
  if (statement === undefined) return undefined;
  if (statement.type === 'TryStatement') return acquiredInside(statement, index, scope);
  const acquired = acquisitionIn(statement, scope);
  if (acquired === undefined) return undefined;
  const { use, token } = acquired;
  const rest = statements.slice(index + 1);
  const offset = rest.findIndex((other) => other.type === 'TryStatement' && releases(other.finalizer, use, token, scope));
  const guarded = rest[offset];
  if (guarded?.type === 'TryStatement') {
    const between = rest.slice(0, offset).find((other) => !isSafe(other));
    const gap: Hold['gap'] = between === undefined ? undefined : { kind: 'unsafe-release', node: between };
    return guardedTaking(guarded, use, gap, index + offset + 2, scope);
  }
  return unguardedTaking(rest, use, token, index, scope);
}

interface Acquisition {
  readonly use: LockUse;
  readonly token: Token;
}

function acquisitionIn(statement: TSESTree.Statement, scope: LockScope): Acquisition | undefined {
  const target = statement.type === 'VariableDeclaration' && statement.declarations.length === 1 ? statement.declarations[0] : undefined;
  if (statement.type === 'VariableDeclaration' && (statement.kind === 'using' || statement.kind === 'await using')) return undefined;
  const expression = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  const assigned = expression?.type === 'AssignmentExpression' ? expression : undefined;
  const value = target?.init ?? assigned?.right ?? expression;
  const awaited = value == null ? undefined : unwrap(value);
  if (awaited?.type !== 'AwaitExpression') return undefined;
  const call = unwrap(awaited.argument);
  const use = call.type === 'CallExpression' ? lockUseOf(call, scope) : undefined;
  return use?.kind === 'acquire' ? { use, token: tokenOf(target?.id ?? assigned?.left) } : undefined;
}

/** `try { release = await lock.acquire(); … } finally { release?.(); }` */
function acquiredInside(statement: TSESTree.TryStatement, index: number, scope: LockScope): Taking | undefined {
  const [first] = statement.block.body;
  const acquired = first === undefined ? undefined : acquisitionIn(first, scope);
  if (acquired === undefined || !releases(statement.finalizer, acquired.use, acquired.token, scope)) return undefined;
  return guardedTaking(statement, acquired.use, undefined, index + 1, scope);
}

function guardedTaking(statement: TSESTree.TryStatement, use: LockUse, before: Hold['gap'], next: number, scope: LockScope): Taking {
  const held = [statement.block, ...(statement.handler === null ? [] : [statement.handler.body])];
  const returned = unawaitedReturn(held, scope);
  const isSure = returned !== undefined && !returned.isSure && use.isSure === 'yes' ? 'unknown' : use.isSure;
  const gap: Hold['gap'] = before ?? (returned?.isSure === true ? { kind: 'return-unawaited', node: returned.node } : undefined);
  return { lock: use.lock, form: 'acquire', node: use.call, held, isSure, gap, next };
}

/** No `finally`: a throw keeps the lock, and if nothing releases it at all so does everything else. */
function unguardedTaking(rest: Statements, use: LockUse, token: Token, index: number, scope: LockScope): Taking {
  const last = rest.findLastIndex((statement) => releases(statement, use, token, scope));
  const common = { lock: use.lock, form: 'acquire', node: use.call } as const;
  if (last !== -1) {
    return {
      ...common,
      held: rest.slice(0, last + 1),
      isSure: use.isSure,
      gap: { kind: 'unsafe-release', node: use.call },
      next: index + 2 + last,
    };
  }
  // Kept in a field or handed on: whoever has it may release it.
  const isKept =
    token.isKept ||
    token.names.some((name) => rest.some((statement) => someBelow(statement, (node) => node.type === 'Identifier' && node.name === name)));
  const next = index + 1 + rest.length;
  if (isKept || isReleasedElsewhere(use.lock, scope)) return { ...common, held: rest, isSure: 'unknown', gap: undefined, next };
  return { ...common, held: rest, isSure: use.isSure, gap: { kind: 'never-released', node: use.call }, next };
}

function releases(node: TSESTree.Node | null | undefined, use: LockUse, token: Token, scope: LockScope): boolean {
  return node != null && someBelow(node, (inner) => isRelease(inner, use.lock, token, scope), isFunction);
}

/** Nothing that throws may stand between the acquire and the try. */
function isSafe(statement: TSESTree.Statement): boolean {
  if (statement.type === 'VariableDeclaration') return statement.declarations.every(({ init }) => init == null || isPure(init));
  if (statement.type !== 'ExpressionStatement') return statement.type === 'EmptyStatement' || statement.type === 'FunctionDeclaration';
  const inner = unwrap(statement.expression);
  return isLogging(inner) || (inner.type === 'AssignmentExpression' && isPure(inner.right));
}
