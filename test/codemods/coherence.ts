import type { Codemod, CodemodOptions } from '../../codemods/codemod.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { ordersOf } from '../orders-of.ts';

export interface NamedText {
  readonly fileName: string;
  readonly text: string;
}

/** What each order of running codemods one after the other makes of a file: the texts, and the orders that came to each. */
export function resultsOf(codemods: readonly Codemod[], { fileName, text }: NamedText, options: CodemodOptions): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, string>();
  const results = new Map<string, string[]>();
  // Many orders come through the same texts.
  const runOn = (before: string, codemod: Codemod): string => {
    const key = `${codemod.name} ${before}`;
    const after = known.get(key) ?? runCodemods([codemod], { fileName, text: before }, options).text;
    known.set(key, after);
    return after;
  };
  for (const order of ordersOf(codemods)) {
    const result = order.reduce(runOn, text);
    results.set(result, [...(results.get(result) ?? []), order.map(({ name }) => name).join(', ')]);
  }
  return results;
}
