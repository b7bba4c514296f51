/** Packs the package as npm would publish it, and proves the tarball: its shape, its types, and that it works once installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkInstall } from './check-package/check-install.ts';
import { checkTypes } from './check-package/check-types.ts';
import { INSTALLS } from './check-package/installs.ts';
import { run } from './check-package/run.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'eslint-plugin-lifecycle-'));

try {
  // `npm run check` has just built it.
  const name = run(root, 'npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder).output.trim();
  const tarball = join(folder, name);

  report('publint', run(root, 'npx', '--no-install', 'publint', '--strict', tarball));
  report('attw', run(root, 'npx', '--no-install', 'attw', tarball, '--profile', 'esm-only'));
  checkTypes(join(root, 'dist'));
  for (const install of INSTALLS) checkInstall(install, join(root, 'fixtures/installs'), folder, tarball);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(tool: string, { status, output }: { readonly status: number; readonly output: string }): void {
  if (status !== 0) throw new Error(`${tool} rejects the package:\n${output}`);
  console.log(`✓ ${tool}`);
}
