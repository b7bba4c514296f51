import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Lock } from '../service.ts';
import { hasLeak } from './lock-options.ts';
import type { LockUse } from './use.ts';

/** The names of web locks are global: two instances of the class wait for one another. */
export function navigatorUse(callee: TSESTree.MemberExpression, call: TSESTree.CallExpression): LockUse | undefined {
  const object = unwrap(callee.object);
  if (memberName(callee) !== 'request' || object.type !== 'MemberExpression' || memberName(object) !== 'locks') return undefined;
  const root = unwrap(object.object);
  const isNavigator =
    root.type === 'Identifier' ? root.name === 'navigator' : root.type === 'MemberExpression' && memberName(root) === 'navigator';
  const [name] = call.arguments;
  const work = call.arguments.at(-1);
  if (!isNavigator || name === undefined || work === undefined || call.arguments.length < 2) return undefined;
  const key = name.type === 'Literal' ? JSON.stringify(name.value) : name.type === 'Identifier' ? name.name : '…';
  const lock: Lock = { key: `navigator.locks(${key})`, scope: 'global', from: 'navigator.locks', node: callee };
  return { kind: 'run', lock, call, work, isSure: key === '…' || call.arguments.some(hasLeak) ? 'unknown' : 'yes', isReentrant: false };
}
