import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: ['rules/plugin.ts', 'cli/main.ts', 'codemods/*.ts', 'bench/*.{ts,mjs,cjs}', 'tools/*.{ts,mjs}', 'tools/real-code/*.{ts,mjs}'],
  project: ['{model,edits,rules,codemods,cli,bench,test,tools}/**/*.{ts,mjs,cjs}', '*.ts'],
  ignore: ['fixtures/**'],
};

export default config;
