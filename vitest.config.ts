import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some type-check, build or install for real, on machines that do other things as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['model/**', 'edits/**', 'rules/**', 'codemods/**', 'cli/**'],
      // It runs in Chromium, in test/cli/inventory/page.browser.test.ts.
      exclude: ['cli/inventory/page/**'],
      // Last in `npm run check` stands the summary of the tests, not a table: open coverage/index.html for that.
      reporter: ['html', 'json-summary'],
      thresholds: { statements: 95, branches: 90, functions: 95, lines: 95 },
    },
  },
});
