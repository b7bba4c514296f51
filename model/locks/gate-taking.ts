import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Hold } from '../service.ts';
import { tailLock } from './chain-taking.ts';
import { isPure } from './is-pure.ts';
import type { LockScope } from './lock-scope.ts';
import { peel } from './peel.ts';
import type { Statements, Taking } from './taking.ts';
import { unawaitedReturn } from './unawaited-return.ts';

/**
 * A queue of promises by hand: `const previous = this.tail; this.tail = new Promise((resolve) => { release = resolve; });
 * await previous; try { … } finally { release(); }`.
 */
export function gateTaking(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  const put = statements[index];
  const field = put === undefined ? undefined : putField(put);
  if (put === undefined || field === undefined) return undefined;
  const rest = statements.slice(index + 1);
  const at = rest.findIndex((statement) => waitsForPrevious(statement, field, scope));
  if (at === -1 || !rest.slice(0, at).every(isPureDeclaration)) return undefined;
  const guarded = rest[at + 1];
  if (guarded?.type !== 'TryStatement' || guarded.finalizer === null || !callsLocal(guarded.finalizer, scope)) return undefined;
  const held = [guarded.block, ...(guarded.handler === null ? [] : [guarded.handler.body])];
  const returned = unawaitedReturn(held, scope);
  const gap: Hold['gap'] = returned?.isSure === true ? { kind: 'return-unawaited', node: returned.node } : undefined;
  const { lock } = tailLock(field, put, scope);
  return { lock, form: 'acquire', node: put, held, isSure: returned?.isSure === false ? 'unknown' : 'yes', gap, next: index + at + 3 };
}

function putField(statement: TSESTree.Statement): string | undefined {
  const inner = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return inner?.type === 'AssignmentExpression' ? thisMember(inner.left) : undefined;
}

/** `await previous`, where `previous` was read from the field before a new promise was put there. */
function waitsForPrevious(statement: TSESTree.Statement, field: string, scope: LockScope): boolean {
  const inner = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  if (inner?.type !== 'AwaitExpression') return false;
  const peeled = peel(inner);
  let waited: TSESTree.Node = unwrap(inner.argument);
  if (peeled === undefined)
    while (waited.type === 'CallExpression' && waited.callee.type === 'MemberExpression') waited = unwrap(waited.callee.object);
  const local = waited.type === 'Identifier' ? scope.locals.get(waited.name) : undefined;
  return local?.init !== undefined && thisMember(local.init) === field;
}

function isPureDeclaration(statement: TSESTree.Statement): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => init == null || isPure(init));
}

function callsLocal(finalizer: TSESTree.Node, scope: LockScope): boolean {
  return someBelow(
    finalizer,
    (node) => {
      const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
      return callee?.type === 'Identifier' && scope.locals.has(callee.name);
    },
    isFunction,
  );
}
