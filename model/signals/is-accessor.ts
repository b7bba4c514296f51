import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../ast/key-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { classAt, type SignalFile } from './signal-file.ts';

/** Whether a member of `this` is read by a getter or written by a setter of its class, which may stand for any other field. */
export function isAccessor(node: TSESTree.Node, file: SignalFile): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'MemberExpression') return false;
  const name = thisMember(inner);
  if (name === undefined) return isAccessor(inner.object, file);
  const members = classAt(inner, file)?.node.body.body ?? [];
  return members.some((member) => member.type === 'MethodDefinition' && (member.kind === 'get' || member.kind === 'set') && keyName(member) === name);
}
