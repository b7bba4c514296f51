import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, onTestFinished, test } from 'vitest';
import { providerCases, type Texts } from './run.ts';

/** What `main` prints, compiled as TypeScript would for any Node. */
function play(texts: Texts): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifecycle-providers-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file.replace(/ts$/, 'js')), ts.transpileModule(text, { compilerOptions }).outputText);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return execFileSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8', timeout: 20_000 });
}

test.each(providerCases())('$name starts and stops the same things in the same order', ({ before, after }) => {
  const printed = play(before);
  expect(printed).toMatch(/runs[^]*stops/);
  expect(play(after)).toBe(printed);
});
