import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    coverage: {
      provider: 'v8',
      include: ['model/**', 'edits/**', 'rules/**', 'codemods/**', 'cli/**'],
      // Last in `npm run check` stands the summary of the tests, not a table: open coverage/index.html for that.
      reporter: ['html', 'json-summary'],
      thresholds: { statements: 95, branches: 90, functions: 95, lines: 95 },
    },
  },
});
