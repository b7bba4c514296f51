import dedent from 'dedent';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { addLib } from '../../../cli/project/add-lib.ts';

const LIB = 'ESNext.Disposable';

test.each([
  ['on one line', '{ "compilerOptions": { "lib": ["ES2022", "DOM"] } }', '{ "compilerOptions": { "lib": ["ES2022", "DOM", "ESNext.Disposable"] } }'],
  ['a single one', '{"compilerOptions":{"lib":["ES2022"]}}', '{"compilerOptions":{"lib":["ES2022", "ESNext.Disposable"]}}'],
  ['without spaces', '{"compilerOptions":{"lib":["ES2022","DOM"]}}', '{"compilerOptions":{"lib":["ES2022","DOM","ESNext.Disposable"]}}'],
  ['in lower case', '{"compilerOptions":{"lib":["es2022", "dom"]}}', '{"compilerOptions":{"lib":["es2022", "dom", "esnext.disposable"]}}'],
  ['empty', '{"compilerOptions":{"lib":[]}}', '{"compilerOptions":{"lib":["ESNext.Disposable"]}}'],
  ['with a comma at the end', '{"compilerOptions":{"lib":["ES2022",],},}', '{"compilerOptions":{"lib":["ES2022", "ESNext.Disposable",],},}'],
  ['with a byte order mark', '\uFEFF{"compilerOptions":{"lib":["ES2022"]}}', '\uFEFF{"compilerOptions":{"lib":["ES2022", "ESNext.Disposable"]}}'],
  [
    'line by line',
    dedent`
      // how it is built
      {
        "extends": "./base.json", /* the rest */
        "compilerOptions": {
          "lib": [
            "ES2022",
            "DOM"
          ]
        }
      }
    `,
    dedent`
      // how it is built
      {
        "extends": "./base.json", /* the rest */
        "compilerOptions": {
          "lib": [
            "ES2022",
            "DOM",
            "ESNext.Disposable"
          ]
        }
      }
    `,
  ],
  [
    'line by line with comments',
    '{\r\n\t"compilerOptions": {\r\n\t\t"lib": [\r\n\t\t\t"ES2022", // "DOM" is for the client, not\r\n\t\t\t"WebWorker" /* "this" */ // one, ]\r\n\t\t]\r\n\t}\r\n}\r\n',
    '{\r\n\t"compilerOptions": {\r\n\t\t"lib": [\r\n\t\t\t"ES2022", // "DOM" is for the client, not\r\n\t\t\t"WebWorker", /* "this" */ // one, ]\r\n\t\t\t"ESNext.Disposable"\r\n\t\t]\r\n\t}\r\n}\r\n',
  ],
  [
    'with a comment behind the last',
    '{ "compilerOptions": { "lib": [\n  "ES2022", // why\n  "DOM" // fetch\n] } }',
    '{ "compilerOptions": { "lib": [\n  "ES2022", // why\n  "DOM", // fetch\n  "ESNext.Disposable"\n] } }',
  ],
  [
    'with a comma and a comment behind the last',
    '{ "compilerOptions": { "lib": [\n  "ES2022",\n  "DOM", // fetch\n  // "WebWorker",\n] } }',
    '{ "compilerOptions": { "lib": [\n  "ES2022",\n  "DOM", // fetch\n  "ESNext.Disposable",\n  // "WebWorker",\n] } }',
  ],
  ['with the bracket on the same line', '{ "compilerOptions": { "lib": [\n  "ES2022"] } }', '{ "compilerOptions": { "lib": [\n  "ES2022",\n  "ESNext.Disposable"] } }'],
])('adds to a list %s', (_name, before, after) => {
  expect(addLib(before, LIB)).toBe(after);
  expect(addLib(after, LIB)).toBe(after);
  const { config, error } = ts.parseConfigFileTextToJson('tsconfig.json', after) as { config: { compilerOptions: { lib: string[] } }; error?: unknown };
  expect(error).toBeUndefined();
  expect(config.compilerOptions.lib.map((name) => name.toLowerCase())).toContain('esnext.disposable');
});

test.each([['"esnext.disposable"'], ['"ES2022", "ESNext"'], ['"esnext"']])('leaves a list that has it: %s', (names) => {
  const text = `{ "compilerOptions": { "lib": [${names}] } }`;
  expect(addLib(text, LIB)).toBe(text);
});

test.each([
  ['says none', '{ "compilerOptions": { "target": "ES2022" } }'],
  ['has no options', '{ "extends": "./base.json" }'],
  ['only mentions it', '{ // "lib": []\n "compilerOptions": { "outDir": "lib", "plugins": [{ "lib": [] }] }, "lib": [] }'],
  ['says it twice', '{ "compilerOptions": { "lib": ["ES2022"], "lib": ["ES2023"] } }'],
  ['cannot be parsed', '{ "compilerOptions": { "lib": ["ES2022" } }'],
  ['is no object', '["ES2022"]'],
  ['is empty', ''],
  ['has no list there', '{ "compilerOptions": { "lib": "ES2022" } }'],
])('leaves a config that %s', (_name, text) => {
  expect(addLib(text, LIB)).toBeUndefined();
});
