import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { around } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FileCode } from './file-code.ts';

/** Whether a signal is sent only on a timeout that never comes: `try { await pTimeout(exited, { milliseconds, message: false }); } catch { child.kill('SIGKILL'); }` */
export function isNeverSent(signal: TSESTree.Node, code: FileCode): boolean {
  return Array.from(around(signal, code)).some((at) => {
    const parent = at.type === 'CatchClause' ? code.parents.get(at) : undefined;
    if (parent?.type !== 'TryStatement') return false;
    const [only, ...others] = parent.block.body;
    return only?.type === 'ExpressionStatement' && others.length === 0 && resolvesInTime(only.expression);
  });
}

/** With `message: false` p-timeout resolves when the time is up. */
function resolvesInTime(node: TSESTree.Node): boolean {
  const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
  if (call.type !== 'CallExpression' || calleeName(call) !== 'pTimeout') return false;
  const options = call.arguments[1] === undefined ? undefined : unwrap(call.arguments[1]);
  if (options?.type !== 'ObjectExpression') return false;
  return options.properties.some((property) => property.type === 'Property' && keyName(property) === 'message' && property.value.type === 'Literal' && property.value.value === false);
}
