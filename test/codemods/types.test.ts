import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project, ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { lifecycleLockSource } from '../../edits/lifecycle-lock-source.ts';
import { changedCases, unchangedCases } from './cases.ts';

const root = fileURLToPath(new URL('../../fixtures/codemods/', import.meta.url));

/** `strict`, `noImplicitOverride`, `exactOptionalPropertyTypes` and the rest, with the TypeScript that ts-morph brings. */
function newProject(): Project {
  return new Project({
    tsConfigFilePath: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      jsx: ts.JsxEmit.Preserve,
      noUnusedLocals: false,
      noUnusedParameters: false,
      resolveJsonModule: true,
      erasableSyntaxOnly: false,
    },
  });
}

test('what the codemods write has no type error that was not there before', { timeout: 120_000 }, () => {
  const project = newProject();
  project.addSourceFilesAtPaths([join(root, 'types.ts'), join(root, 'ambient.d.ts')]);
  for (const { name } of codemods) {
    for (const { folder, fileName, before, after, options } of changedCases(name)) {
      if (!/\.tsx?$/.test(fileName)) continue;
      project.createSourceFile(join(folder, fileName), before, { overwrite: true });
      project.createSourceFile(join(folder, fileName.replace('before', 'after')), after, { overwrite: true });
      const both = runCodemods(codemods, { fileName, text: before }, options);
      project.createSourceFile(join(folder, fileName.replace('before', 'both')), both.text);
      if (both.needs.some(({ kind }) => kind === 'file'))
        project.createSourceFile(join(folder, 'lifecycle-lock.ts'), lifecycleLockSource('lifecycle-lock.ts'));
    }
    for (const { name: fileName, text } of unchangedCases(name))
      project.createSourceFile(join(root, name, 'unchanged', fileName), text, { overwrite: true });
  }
  const diagnostics = project
    .getPreEmitDiagnostics()
    .filter((found) => dirname(found.getSourceFile()?.getFilePath() ?? '').startsWith(root.slice(0, -1)));
  expect(project.formatDiagnosticsWithColorAndContext(diagnostics)).toBe('');
});
