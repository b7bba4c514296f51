import { describe, expect, test } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { parse } from '../../codemods/parse.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { changedCases, serviceFixtures, unchangedCases } from './cases.ts';

const changed = codemods.flatMap((codemod) =>
  changedCases(codemod.name).map((one) => ({ ...one, codemod, name: `${codemod.name}: ${one.name}` })),
);

/** Other ways to store the same text. The result has to be the result for the plain text, stored in that way. */
const layouts = [
  { layout: 'CRLF', of: (text: string) => text.replaceAll('\n', '\r\n') },
  { layout: 'a byte order mark', of: (text: string) => `\uFEFF${text}` },
  { layout: 'no last newline', of: (text: string) => text.replace(/\n$/, '') },
  { layout: 'tabs', of: (text: string) => text.replaceAll(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)) },
  { layout: 'four spaces', of: (text: string) => text.replaceAll(/^ +/gm, (spaces) => spaces + spaces) },
];

/** Templates and strings of several lines keep their bytes, so their lines are no measure for how the rest is indented. */
const spansLines = /`[^`]*\n[^`]*`|"[^"\n]*\n[^"]*"/;

describe.each(layouts)('with $layout', ({ layout, of }) => {
  const isIndentation = layout === 'tabs' || layout === 'four spaces';
  const cases = changed.filter(
    ({ before }) => !isIndentation || (!before.includes('\t') && !before.includes('\n    private') && !spansLines.test(before)),
  );

  test.each(cases)('$name', ({ codemod, fileName, before, after, options }) => {
    expect(runCodemods([codemod], { fileName, text: of(before) }, options).text).toBe(of(after));
  });
});

test('a file with both line ends keeps each and adds the one that is in use there', () => {
  const text =
    'import { a } from "./a.ts";\r\n\nexport class A {\n  #up = false;\n  async start() {\n    if (this.#up) return;\n    await a();\n    this.#up = true;\n  }\n  async stop() {\n    this.#up = false;\n    await a();\n  }\n}\n';
  const [codemod] = codemods.filter(({ name }) => name === 'add-lifecycle-lock');
  const result = runCodemods(codemod === undefined ? [] : [codemod], { fileName: 'a.ts', text });
  expect(result.text.split('\r\n')).toEqual([
    'import { a } from "./a.ts";',
    'import { Mutex } from "async-mutex";',
    expect.stringMatching(/^\nexport class A \{\n/),
  ]);
});

describe('on every fixture, in every style', () => {
  const files = [
    ...changed.map(({ name, fileName, before }) => ({ name, fileName, text: before })),
    ...codemods.flatMap((codemod) => unchangedCases(codemod.name).map(({ name, text }) => ({ name, fileName: name, text }))),
    ...serviceFixtures().map(({ name, text }) => ({ name, fileName: name, text })),
  ];

  test.each(files)('$name', ({ fileName, text }) => {
    for (const style of ['delegate', 'using', 'wrap'] as const) {
      const once = runCodemods(codemods, { fileName, text }, { style });
      expect(() => parse(fileName, once.text)).not.toThrow();
      expect(once.services.flatMap(({ left }) => left).filter(({ why }) => why.includes('did not hold'))).toEqual([]);
      const twice = runCodemods(codemods, { fileName, text: once.text }, { style });
      expect(twice.text).toBe(once.text);
      const [flagTest = ''] = FLAG_TEST.exec(text) ?? [];
      expect(once.text).toContain(flagTest);
      for (const [clear] of text.matchAll(CLEAR)) expect(once.text).toContain(clear);
      const staying = [LATE_WAIT, CLEAR, HANDED_OUT].reduce((rest, moved) => rest.replaceAll(moved, ''), text.replace(flagTest, ''));
      expect(tokensOf(staying).filter((token) => !isRenamed(token))).toSatisfy((tokens: string[]) =>
        isSubsequence(tokens, tokensOf(once.text)),
      );
    }
  });
});

/** What start tests first under the lock stays first, whatever else is moved there. */
const FLAG_TEST = /if \(this\.#?unrestartable\) throw .*/;

/** A promise of an exit that is made after the signal gives way to one that is made with the child. */
const LATE_WAIT = /(?<=await (?:pTimeout\()?)(?:once\([\w.]+, 'exit'\)|new Promise<void>\(\(resolve\) => \w+\.on\('exit', \(\) => resolve\(\)\)\))/g;

/** A timer is cleared before anything else in stop. */
const CLEAR = /clear(?:Interval|Timeout)\([\w.#]+\)/g;

/** What a hold hands out is declared where it was returned, once the hold reaches to the end. */
const HANDED_OUT = /const \w+ = (?=await this\.\S+\.runExclusive\()/g;

function tokensOf(text: string): string[] {
  return text.match(/[$\w]+|[^\s$\w]/g) ?? [];
}

/** A call under the lock names the locked half in place of the method; the ends of a hold may move, and so may a throw. A handler of signals is registered with `on` for `once`, and awaits what it voided. `killed` tells nothing of an exit. */
function isRenamed(token: string): boolean {
  return /^(?:start|stop|run|listen|connect|close|return|throw|await|async|void|once|killed|\w*lock|mutex|runExclusive|#|private|this|\W)$/i.test(token);
}

function isSubsequence(tokens: readonly string[], output: readonly string[]): boolean {
  let from = 0;
  return tokens.every((token) => {
    from = output.indexOf(token, from) + 1;
    return from > 0;
  });
}
