import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'tsdown';
import config from '../tsdown.config.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Within node_modules, so that what the package depends on is found from there. */
const FOLDERS = join(ROOT, 'node_modules/.cache/lifecycle-packages');

/** The package of this checkout as it would be published, but for its types: built in a folder of its own, so that it is never an old one. Returns the folder. */
export async function buildPackage(name: string): Promise<string> {
  const folder = join(FOLDERS, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['package.json', 'docs', 'schemas']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  await build({ ...config, cwd: ROOT, config: false, outDir: join(folder, 'dist'), dts: false, logLevel: 'error', failOnWarn: false });
  return folder;
}
