import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: ['bench/*.{ts,mjs,cjs}', 'codemods/*.ts', 'fixtures/services/*/*.ts', 'tools/*.ts', 'tools/nodes/try-workers.ts', 'tools/real-code/*.{ts,mjs}', 'test/cli/{fake-batch-planner,slow-command,write-files}.ts', 'test/cli/*.mjs'],
  project: ['{bench,cli,codemods,edits,model,rules,test,tools}/**/*.{ts,mjs,cjs}', 'fixtures/services/**/*.ts', '*.ts'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Run by name from tools/generate.ts, tools/check-package.ts, tools/oxlint/ and test/ci.test.ts.
  ignoreDependencies: ['@arethetypeswrong/cli', 'eslint-doc-generator', 'eslint-formatter-gitlab', 'lint-staged', 'oxlint'],
  ignoreBinaries: ['fish', 'mkfifo', 'mount', 'pkill', 'script', 'umount'],
};

export default config;
