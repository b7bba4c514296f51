import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { changedCases, type Texts, writeTexts } from './run.ts';

/** What a module prints when Node runs it, compiled as TypeScript would. */
function play(texts: Texts, entry: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, experimentalDecorators: true };
  const folder = writeTexts(texts);
  for (const [file, text] of Object.entries(texts)) {
    if (file.endsWith('.ts')) writeFileSync(`${folder}/${file.replace(/ts$/, 'js')}`, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  return execFileSync(process.execPath, [`${folder}/${entry}`], { encoding: 'utf8', timeout: 20_000 });
}

function caseNamed(name: string): { readonly before: Texts; readonly after: Texts } {
  const found = changedCases().find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

describe('what runs before runs after', () => {
  test.each(changedCases().filter(({ before }) => 'main.ts' in before || 'main.js' in before))('$name', { timeout: 30_000 }, ({ name, before, after }) => {
    const [printed, prints] = [play(before, 'main.js'), play(after, 'main.js')];
    const sorted = (text: string): string[] => text.trim().split('\n').sort();
    // A start that nobody waited for came after what followed it, and where start was called as well there were two.
    if (name === 'already-started') expect([...new Set(sorted(prints))]).toEqual([...new Set(sorted(printed))]);
    else expect(sorted(prints)).toEqual(sorted(printed));
  });

  test('a start is over before the next statement, and is made once', () => {
    expect(play(caseNamed('void-call-empty-constructor').before, 'main.js')).toMatch(/^(?:connect\ndisconnect|disconnect\nconnect)\n$/);
    expect(play(caseNamed('void-call-empty-constructor').after, 'main.js')).toBe('connect\ndisconnect\n');
    expect(play(caseNamed('already-started').after, 'main.js').match(/open/g)).toHaveLength(5);
  });

  test('a start that a class is given does all in the order in which the constructor did it', () => {
    for (const name of ['new-start-field', 'new-start-own-method', 'new-start-plain-javascript', 'new-start-statements', 'new-start-subclasses']) {
      const { before, after } = caseNamed(name);
      expect(play(after, 'main.js')).toBe(play(before, 'main.js'));
    }
    expect(play(caseNamed('new-start-statements').after, 'main.js')).toBe('made one\none 3\nwarm up\nmade\ndispose one\n');
  }, 60_000);

  test('a start that fails reaches who constructs, and is no unhandled rejection', () => {
    const { before, after } = caseNamed('error-reaches-the-caller');
    const driver = `
      import { bad, good } from './main.js';
      process.on('unhandledRejection', (error) => console.log('unhandled', error.message));
      console.log(await good());
      await bad().then(() => console.log('resolved'), (error) => console.log('rejected', error.message));
      await new Promise((resolve) => setTimeout(resolve, 5));
    `;
    expect(play({ ...before, 'driver.js': driver }, 'driver.js')).toContain('unhandled no broker');
    expect(play({ ...after, 'driver.js': driver }, 'driver.js')).toBe('1\nrejected no broker\n');
  });
});
