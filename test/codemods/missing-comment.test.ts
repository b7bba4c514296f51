import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import type { Codemod } from '../../codemods/codemod.ts';
import { missingComment } from '../../codemods/missing-comment.ts';
import { parse } from '../../codemods/parse.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { servicesOf } from '../../model/services-of.ts';

const none = (): boolean => false;

describe('missingComment', () => {
  test.each([
    ['a(); // why', 'a();', 'why'],
    ['a(/* one */); /* one */', 'a(/* one */);', 'one'],
    ['/**\n * First.\n * Second.\n */\na();', '/**\n * First.\n */\na();', '*\n * First.\n * Second.'],
  ])('%j has lost one in %j', (before, after, comment) => {
    expect(missingComment(parse('a.js', before), parse('a.js', after), none)).toBe(comment);
  });

  test.each([
    ['moved', 'a(); // 1\nb(); // 2', 'b(); // 2\na(); // 1'],
    ['indented anew', '/* 1\n * 2 */ a();', 'if (x) {\n  /* 1\n   * 2 */ a(); }'],
    ['joined by others', 'a(); // 1', '// 2\na(); // 1'],
    ['no comment', 'a("// 1");', 'a();'],
  ])('what is only %s is not lost', (_, before, after) => {
    expect(missingComment(parse('a.js', before), parse('a.js', after), none)).toBeUndefined();
  });
});

test('one that may go is not missed', () => {
  expect(missingComment(parse('a.js', '// a directive\na(); // why'), parse('a.js', 'a(); // why'), ({ value }) => value.includes('directive'))).toBeUndefined();
});

test('a codemod that deletes a comment inside its own change leaves the file as it was, with the reason', () => {
  const text = dedent`
    export class Feed {
      async start() {
        if (this.server) return;
        this.server = await listen(/* not 80 */ 8080);
      }
      async stop() {
        await this.server.close();
        this.server = undefined;
      }
    }
  `;
  const statement = 'this.server = await listen(/* not 80 */ 8080);';
  const careless: Codemod = {
    name: 'careless',
    description: 'Writes a statement anew',
    mends: [],
    isDefault: true,
    plan: (source) =>
      servicesOf(source).map(({ name, node }) => {
        const start = source.text.indexOf(statement);
        const changes = [{ start, end: start + statement.length, text: 'this.server = await listen(8080);' }];
        return { name, node, outcome: { kind: 'edit', changes, safety: 'review', added: 'nothing', needs: [] } };
      }),
  };
  const result = runCodemods([careless], { fileName: 'a.ts', text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['the edit did not hold: the comment "not 80" would be lost']);
});
