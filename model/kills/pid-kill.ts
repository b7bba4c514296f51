import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FileCode } from './file-code.ts';
import { importedAs } from './imported.ts';

/** The pid that `process.kill(pid, signal)` sends a signal to; undefined for any other call. */
export function pidKillOf({ callee, arguments: [pid] }: TSESTree.CallExpression, code: FileCode): TSESTree.Node | undefined {
  const inner = unwrap(callee);
  const imported = importedAs(inner, code);
  if (imported !== undefined) return imported.from === 'process' && imported.name === 'kill' ? pid : undefined;
  if (inner.type !== 'MemberExpression' || memberName(inner) !== 'kill') return undefined;
  const object = unwrap(inner.object);
  // A local of that name is something else: `const { process } = session`.
  return object.type === 'Identifier' && object.name === 'process' && !code.names.has(object) ? pid : undefined;
}
