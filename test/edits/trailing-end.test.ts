import { expect, test } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { trailingEnd } from '../../edits/text/trailing-end.ts';

test.each([
  ['} // why', 8],
  ['} // why\nnext', 8],
  ['} /* why */ \r\nnext', 11],
  ['} next', 1],
  ['} /* why */ next', 1],
  ['}\n// next', 1],
  ['} // why \u2028next', 1],
  ['} // why \u2029next', 1],
])('of %j at 1: %d', (text, end) => {
  expect(trailingEnd(text, 1)).toBe(end);
});

test('nothing is added behind a comment that a line separator ends', () => {
  const text = `function factory() { class A { #server; #state;
async start() { if (this.running) return; await connect(); for (const key in this) {
process.on("SIGTERM", () => this.stop()); ; const release = await this.mutex.acquire(); ; } // waits \u2028
this.running = true; } async stop() { ;
await this.#server.close(); this.running = false; } }; };
export {};
`;
  const after = runCodemods(codemods.filter(({ isDefault }) => isDefault), { fileName: 'a.js', text }).text;
  expect(after).not.toBe(text);
  expect(after).toContain('// waits \u2028');
});
