import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { getTsconfig } from 'get-tsconfig';
import { readJsonObject } from './read-project.ts';

export type ModuleFormat = 'commonjs' | 'esm';

/** What TypeScript emits under `module`, where the package does not come into it. What a bundler takes is left to the bundler. */
const FOLLOWS_PACKAGE = /^node/i;

/** Tells how Node loads a file, by the nearest package.json and, for TypeScript, the nearest tsconfig.json. */
export class FormatReader {
  readonly #types = new Map<string, string | undefined>();
  readonly #modules = new Map<string, string | undefined>();

  /** Undefined where they do not say. */
  read(path: string): ModuleFormat | undefined {
    const extension = extname(path);
    if (extension.startsWith('.m')) return 'esm';
    if (extension.startsWith('.c')) return 'commonjs';
    const type = this.#typeOf(dirname(path));
    if (!extension.includes('t')) return type === 'module' ? 'esm' : type === 'commonjs' ? 'commonjs' : undefined;
    const module = this.#moduleOf(dirname(path));
    if (module === undefined) return undefined;
    if (FOLLOWS_PACKAGE.test(module)) return type === 'module' ? 'esm' : 'commonjs';
    return module.toLowerCase() === 'commonjs' ? 'commonjs' : undefined;
  }

  /** `type` of the nearest package.json, also of one that says nothing else. */
  #typeOf(folder: string): string | undefined {
    return remember(this.#types, folder, () => {
      const path = join(folder, 'package.json');
      if (existsSync(path)) {
        const { type } = readJsonObject(path);
        return typeof type === 'string' ? type : undefined;
      }
      const above = dirname(folder);
      return above === folder ? undefined : this.#typeOf(above);
    });
  }

  #moduleOf(folder: string): string | undefined {
    return remember(this.#modules, folder, () => {
      try {
        return getTsconfig(folder)?.config.compilerOptions?.module;
      } catch {
        return undefined; // what is wrong with it, the compiler says better
      }
    });
  }
}

function remember<Value>(known: Map<string, Value>, key: string, read: () => Value): Value {
  const value = known.has(key) ? (known.get(key) as Value) : read();
  known.set(key, value);
  return value;
}
