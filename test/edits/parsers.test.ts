import { parseForESLint } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import * as espree from 'espree';
import { describe, expect, test } from 'vitest';
import { parse } from '../../codemods/parse.ts';
import { addAsyncDispose } from '../../edits/add-async-dispose.ts';
import { addDrainTimeout } from '../../edits/add-drain-timeout.ts';
import { addLifecycleLock } from '../../edits/add-lifecycle-lock.ts';
import { addUnrestartableFlag } from '../../edits/add-unrestartable-flag.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';
import { changedCases, unchangedCases } from '../codemods/cases.ts';

/** The rules offer the same edits as suggestions, on the AST of the user's own parser. */
function outcomesOf(source: Source, options: Parameters<typeof addLifecycleLock>[2]): unknown {
  const outcomes = servicesOf(source).flatMap((service) => [
    addLifecycleLock(service, source, options),
    addDrainTimeout(service, source, options),
    addUnrestartableFlag(service, source, options),
    addAsyncDispose(service, source),
  ]);
  return outcomes.map((outcome) => (outcome?.kind === 'leftover' ? { why: outcome.why, range: outcome.node.range } : outcome));
}

function withTypescriptEslint(fileName: string, text: string): Source {
  const { ast } = parseForESLint(text, {
    range: true,
    comment: true,
    filePath: fileName,
    ecmaFeatures: { jsx: !fileName.endsWith('.ts') },
  });
  return { text, program: ast, comments: ast.comments, fileName };
}

function withEspree(fileName: string, text: string): Source {
  const sourceType = fileName.endsWith('.cjs') ? 'commonjs' : 'module';
  const program = espree.parse(text, {
    range: true,
    comment: true,
    ecmaVersion: 'latest',
    sourceType,
    ecmaFeatures: { jsx: true },
  }) as unknown as TSESTree.Program;
  return { text, program, comments: program.comments ?? [], fileName };
}

const files = ['add-lifecycle-lock', 'add-drain-timeout', 'add-unrestartable-flag', 'add-async-dispose'].flatMap((codemod) => [
  ...changedCases(codemod).map(({ name, fileName, before, options }) => ({ name, fileName, text: before, options })),
  ...unchangedCases(codemod).map(({ name, text }) => ({ name, fileName: name, text, options: {} })),
]);

describe('the edits are the same from oxc-parser and from', () => {
  test.each(files)('@typescript-eslint/parser: $name', ({ fileName, text, options }) => {
    expect(outcomesOf(withTypescriptEslint(fileName, text), options)).toEqual(outcomesOf(parse(fileName, text), options));
  });

  test.each(files.filter(({ fileName }) => /\.c?js$/.test(fileName)))('espree: $name', ({ fileName, text, options }) => {
    expect(outcomesOf(withEspree(fileName, text), options)).toEqual(outcomesOf(parse(fileName, text), options));
  });
});
