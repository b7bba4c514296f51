import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import type { RunTests } from '@typescript-eslint/rule-tester';
import { RuleTester } from '@typescript-eslint/rule-tester';
import type { TSESLint } from '@typescript-eslint/utils';
import { afterAll, describe, it } from 'vitest';
import type { LifecycleRule } from '../rules/define-rule.ts';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

/** Real files with types: a test stands in for its `file.ts`, and may import the others. */
const TYPED = join(import.meta.dirname, '../fixtures/typed');

interface LifecycleRuleTester {
  readonly run: (name: string, rule: LifecycleRule, tests: RunTests<string, readonly unknown[]>) => void;
}

/** A rule tester with the TypeScript parser. Our rules bear ESLint's types, the tester wants typescript-eslint's. */
export function createRuleTester(): LifecycleRuleTester {
  return runWith(new RuleTester({ languageOptions: { parser } }));
}

/** The same with the type checker behind the parser. */
export function createTypedRuleTester(): LifecycleRuleTester {
  return runWith(new RuleTester({ languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: TYPED } } }));
}

function runWith(tester: RuleTester): LifecycleRuleTester {
  return {
    run: (name, rule, tests) => tester.run(name, rule as unknown as TSESLint.RuleModule<string, readonly unknown[]>, tests),
  };
}
