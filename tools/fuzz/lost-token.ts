import { visit } from '../../model/ast/visit.ts';
import type { Source } from '../../model/source.ts';

/**
 * What of the text before is not in the text after: the first comment, string, template, regular expression, number, JSX text or name that occurs
 * less often than it did. Order is not compared, since edits move whole statements.
 */
export function lostToken(before: string, after: string, parse: (text: string) => Source): string | undefined {
  const counts = withHalves(count(parse(after)));
  for (const [token, wanted] of count(parse(before))) if ((counts.get(token) ?? 0) < wanted) return token;
  return undefined;
}

/** What holds the lock already calls the half of start that is under it: `this.start()` has become `this.#startLocked()`. */
function withHalves(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = new Map(counts);
  for (const [token, number] of counts) {
    const half = /^name _?(\w+)Locked$/.exec(token)?.[1];
    if (half === undefined) continue;
    for (const whole of [`name ${half}`, `literal '${half}'`, `literal "${half}"`]) all.set(whole, (all.get(whole) ?? 0) + number);
  }
  return all;
}

function count(source: Source): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (token: string): void => void counts.set(token, (counts.get(token) ?? 0) + 1);
  for (const { type, value } of source.comments) add(`${type} ${value.replaceAll(/\s+/g, ' ').trim()}`);
  visit(source.program, (node) => {
    const { type } = node;
    if (type === 'Identifier' || type === 'PrivateIdentifier' || type === 'JSXIdentifier') add(`name ${node.name}`);
    else if (type === 'Literal') add(`literal ${node.raw}`);
    else if (type === 'TemplateElement') add(`text ${source.text.slice(...node.range)}`);
    // How its lines are indented is no part of it.
    else if (type === 'JSXText') add(`text ${node.raw.split('\n').map((line) => line.trim()).join('\n')}`);
    return undefined;
  });
  return counts;
}
