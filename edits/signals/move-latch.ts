import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { SignalGap } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { insertAfter } from '../text/beside.ts';
import { startsLine } from '../text/starts-line.ts';
import type { SignalObstacle } from './guarded-functions.ts';

/** Sets a latch right after its test, instead of after an await. */
export function moveLatch(gap: SignalGap, { parents }: SignalFile, source: Source): SignalObstacle | readonly Change[] {
  const { text } = source;
  const statement = parents.get(gap.node);
  const test = gap.test === undefined ? undefined : parents.get(gap.test);
  const block = statement === undefined ? undefined : parents.get(statement);
  const write = unwrap(gap.node);
  if (statement?.type !== 'ExpressionStatement' || test?.type !== 'IfStatement' || block?.type !== 'BlockStatement' || parents.get(test) !== block) {
    return { node: gap.node, why: 'the test of its flag and what sets it do not stand beside each other' };
  }
  const between = block.body.slice(block.body.indexOf(test) + 1, block.body.indexOf(statement));
  const name = write.type === 'AssignmentExpression' ? text.slice(...write.left.range) : '';
  const isLiteral = write.type === 'AssignmentExpression' && unwrap(write.right).type === 'Literal';
  if (!isLiteral || between.some((one) => mentions(one, name, text))) return { node: gap.node, why: 'its flag is used before it is set' };
  const [start, end] = statement.range;
  const isAlone = startsLine(text, start) && /^[\t ]*(?:\r?\n|$)/.test(text.slice(end));
  // With the line that it stands on; or with the space before it.
  const before = (isAlone ? /\r?\n[\t ]*$/ : /[\t ]*$/).exec(text.slice(0, start))?.[0].length ?? 0;
  const after = isAlone ? (/^[\t ]*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return [insertAfter(source, test, [text.slice(start, end)]), { start: start - before, end: end + after, text: '' }];
}

function mentions(node: TSESTree.Node, name: string, text: string): boolean {
  return someBelow(node, (inner) => (inner.type === 'Identifier' || inner.type === 'MemberExpression') && text.slice(...inner.range) === name);
}
