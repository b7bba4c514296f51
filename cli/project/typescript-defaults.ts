import { ts } from 'ts-morph';
import { readJsonObject } from '../settings/read-project.ts';

/** The last release whose defaults are not those of the compiler that comes with ts-morph. */
const OLD_MAJOR = 5;

/** What a tsconfig.json leaves open, as the TypeScript that is installed for it decides. The options that it gives stay. */
export function withDefaults(options: ts.CompilerOptions, folder: string): ts.CompilerOptions {
  const major = installedMajor(folder);
  if (major === undefined || major > OLD_MAJOR) return options;
  return { strict: false, types: ['*'], ...options };
}

function installedMajor(folder: string): number | undefined {
  const options: ts.CompilerOptions = { moduleResolution: ts.ModuleResolutionKind.Bundler, resolveJsonModule: true };
  const { resolvedModule } = ts.resolveModuleName('typescript/package.json', `${folder}/tsconfig.json`, options, ts.sys);
  if (resolvedModule === undefined) return undefined;
  try {
    const { version } = readJsonObject(resolvedModule.resolvedFileName);
    const major = typeof version === 'string' ? Number.parseInt(version, 10) : Number.NaN;
    return Number.isNaN(major) ? undefined : major;
  } catch {
    return undefined; // whatever is wrong with it, it is none of the project's own files
  }
}
