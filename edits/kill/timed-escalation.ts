import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { around } from '../../model/ast/parents.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { FileCode } from '../../model/kills/file-code.ts';
import { declaredNames } from '../declared-names.ts';
import type { KillSite } from './kill-site.ts';

/** A timer beside the first signal that sends SIGKILL. */
export interface TimedEscalation {
  /** The milliseconds. */
  readonly delay: TSESTree.Expression;
  /** The last statement that has to do with it. */
  readonly last: TSESTree.Statement;
}

/** Undefined where SIGKILL is sent elsewhere, or after a time that cannot be told. */
export function timedEscalation({ kill, last: signalled }: KillSite, code: FileCode): TimedEscalation | undefined {
  const { escalation } = kill;
  const block = code.parents.get(signalled);
  if (escalation === undefined || block?.type !== 'BlockStatement') return undefined;
  const outside = Array.from(around(escalation, code));
  const timer = outside.find((at): at is TSESTree.CallExpression => at.type === 'CallExpression' && calleeName(at) === 'setTimeout');
  const delay = timer?.arguments[1];
  const statement = block.body.find((one) => outside.includes(one));
  if (delay === undefined || statement === undefined || !isPlain(delay) || (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration')) return undefined;
  const from = Math.max(block.body.indexOf(statement), block.body.indexOf(signalled));
  const names = declaredNames([statement]);
  const belongs = (one: TSESTree.Statement | undefined): boolean => one?.type === 'ExpressionStatement' && someBelow(one, (node) => node.type === 'Identifier' && names.has(node.name));
  let to = from;
  while (belongs(block.body[to + 1])) to++;
  const last = block.body[to];
  return last === undefined ? undefined : { delay, last };
}

/** What means the same when it is written a second time. */
function isPlain(node: TSESTree.Node): node is TSESTree.Expression {
  const inner = unwrap(node);
  return inner.type === 'Literal' || inner.type === 'Identifier' || inner.type === 'ThisExpression' || (inner.type === 'MemberExpression' && !inner.computed && isPlain(inner.object));
}
