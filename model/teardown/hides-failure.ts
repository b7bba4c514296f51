import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { isNothing } from '../ast/is-nothing.ts';
import { unwrap } from '../ast/unwrap.ts';

/** Whether a handler does nothing at all, without a comment that says why: `catch {}`, `.catch(() => {})`, `.catch(() => undefined)`. */
export function hidesFailure(handler: TSESTree.Node, text: string): boolean {
  const body = handler.type === 'CatchClause' ? handler.body : functionBody(handler);
  if (body === undefined) return false;
  const isIdle = body.type === 'BlockStatement' ? body.body.length === 0 : isNothing(body);
  // Only a comment can stand where there is no code.
  return isIdle && !/\/[*/]/.test(text.slice(...handler.range));
}

function functionBody(handler: TSESTree.Node): TSESTree.Node | undefined {
  const inner = unwrap(handler);
  return isFunction(inner) ? inner.body : undefined;
}
