import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { LocalTimer } from '../../model/ledger/local-timers.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { pathTo } from '../teardown/path-to.ts';
import { linesBefore } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';

/** Clears the timer of a promise where another event settles it. */
export function clearWhereSettled({ gaps, clear, node, name }: LocalTimer, source: Source): Obstacle | readonly Change[] {
  const call = source.text.slice(...clear.range);
  const changes: Change[] = [];
  for (const gap of gaps) {
    const found = clearAt(gap, call, name, source);
    if (found === undefined) return { node, why: `line ${String(lineOf(source, gap))} settles the promise in a way that has no place to clear ${name}` };
    changes.push(...found);
  }
  return changes;
}

function clearAt(gap: TSESTree.Node, call: string, name: string, source: Source): readonly Change[] | undefined {
  const { semicolon } = fileStyleOf(source);
  const path = pathTo(source.program, gap);
  const [outer, parent] = [path.at(-3), path.at(-2)];
  if (parent?.type !== 'CallExpression') return undefined;
  if (unwrap(parent.callee) !== gap) {
    // The listener itself: `socket.once('error', reject)`.
    const settler = source.text.slice(...gap.range);
    // Whoever takes the listener off means this very function.
    if (isTakenOff(settler, source)) return undefined;
    const given = /rej|err|fail/i.test(settler) ? 'error' : 'value';
    return given === name || given === settler ? undefined : [{ start: gap.range[0], end: gap.range[1], text: `(${given}) => { ${call}; ${settler}(${given}); }` }];
  }
  if (outer?.type === 'ArrowFunctionExpression' && outer.body === parent) {
    const [start, end] = parent.range;
    if (source.text.slice(outer.range[0], start).trimEnd().endsWith('(')) return undefined;
    return [
      { start, end: start, text: `{ ${call}; ` },
      { start: end, end, text: '; }' },
    ];
  }
  if (outer?.type !== 'ExpressionStatement' || path.at(-4)?.type !== 'BlockStatement') return undefined;
  const [start] = outer.range;
  return [{ start, end: start, text: linesBefore(source, start, [call + semicolon]) }];
}

/** `bus.off('done', resolve)` */
function isTakenOff(settler: string, { program }: Source): boolean {
  return someBelow(program, (node) => node.type === 'CallExpression' && /^(?:off|remove(?:Event)?Listener)$/.test(calleeName(node) ?? '') && node.arguments.some((one) => one.type === 'Identifier' && one.name === settler));
}
