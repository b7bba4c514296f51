import { unwrap } from '../ast/unwrap.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import { deadTestOf } from './dead-test.ts';
import type { FileCode } from './file-code.ts';
import type { DeadEscalation } from './kill.ts';
import { ownerOf } from './owner-of.ts';
import { signalOf } from './signal.ts';
import type { ChildUses } from './uses-of-child.ts';

/** The escalations of one child process that can never happen. */
export function deadEscalationsOf({ kills }: ChildUses, code: FileCode): DeadEscalation[] {
  const sent = kills.map((node) => ({ node, signal: signalOf(node.arguments[0], code) }));
  return sent.flatMap(({ node, signal }) => {
    if (signal === undefined || signal === '0') return [];
    for (const first of sent) {
      // A second signal of the same kind is no escalation: the test may well be there to send it once.
      if (first.node === node || first.signal === undefined || first.signal === '0' || first.signal === signal || first.signal === 'SIGKILL') continue;
      const test = deadTestOf(node, first.node, code);
      const child = (unwrap(node.callee) as TSESTree.MemberExpression).object;
      if (test !== undefined) return [Object.freeze({ node: test, parent: code.parents.get(test) ?? code.program, child, first: first.node, escalation: node, signal, ...ownerOf(node, code) })];
    }
    return [];
  });
}
