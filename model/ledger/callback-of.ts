import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FunctionNode } from '../service.ts';
import type { Code } from './code.ts';
import { localFunction } from './promise-work.ts';

/** The function that an argument is: written there, kept in a local, or a method of the class. */
export function callbackOf(node: TSESTree.Node | undefined, code: Code): FunctionNode | undefined {
  const inner = node === undefined ? undefined : unwrap(node);
  if (inner === undefined || isFunction(inner)) return inner;
  if (inner.type === 'Identifier') return localFunction(inner, code);
  const own = thisMember(boundTarget(inner));
  return own === undefined ? undefined : code.members.get(own)?.fn;
}

/** `this.tick` for `this.tick.bind(this)`. */
export function boundTarget(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  const callee = inner.type === 'CallExpression' && calleeName(inner) === 'bind' ? unwrap(inner.callee) : inner;
  return inner !== callee && callee.type === 'MemberExpression' ? callee.object : inner;
}
