import { killsOf } from '../../model/read-kills.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import { codeOf, parse } from './parse.ts';

/** Each kill of a text in a line: the child, who awaits its exit, whether that is bounded and escalated, and what is missing. */
export function killsIn(text: string, source: Source = parse(text)): readonly string[] {
  return killsOf(source.program).kills.map(({ name, exitAwaited, bounded, escalated, gap, isHazard }) => {
    const missing = gap === undefined ? 'nothing' : `${gap.kind} at ${String(lineOf(source, gap.node))}${isHazard ? '!' : ''}`;
    return `${name}: awaited ${exitAwaited}, bounded ${bounded}, escalated ${escalated}, missing ${missing}`;
  });
}

/** The kills alone, as they are written. */
export function killedIn(text: string): readonly string[] {
  return killsOf(parse(text).program).kills.map(({ node }) => codeOf(text, node));
}
