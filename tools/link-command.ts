/**
 * Puts the command of this very package where `npx` looks first: npm does that for dependencies only. Without the link npx goes by
 * way of its cache, which one failed run leaves in a state that it does not get out of by itself.
 */
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const link = join(import.meta.dirname, '../node_modules/.bin/lifecycle-codemod');

// Windows needs a privilege for links; npx finds the command there by way of its cache.
if (process.platform !== 'win32') {
  rmSync(link, { force: true });
  symlinkSync('../../dist/cli/main.js', link);
}
