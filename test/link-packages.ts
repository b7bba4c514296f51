import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const MODULES = resolve(import.meta.dirname, '../node_modules');

/** Makes a `node_modules` in `folder` with the built package and some of the packages of this repository, linked, and their commands. */
export function linkPackages(folder: string, builtPackage: string, packages: Readonly<Record<string, string | undefined>>): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const link = (name: string, target: string, bin?: string): void => {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name), 'junction');
    if (bin !== undefined) symlinkSync(join(target, bin), join(modules, '.bin', name));
  };
  symlinkSync(join(builtPackage, 'dist/cli/main.js'), join(modules, '.bin/lifecycle-codemod'));
  link('eslint-plugin-lifecycle', builtPackage);
  for (const [name, bin] of Object.entries(packages)) link(name, join(MODULES, name), bin);
}
