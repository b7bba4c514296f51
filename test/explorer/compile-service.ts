import { pathToFileURL } from 'node:url';
import type { ServiceClass } from '../services/driver.ts';
import { compileFile } from './compile-file.ts';

/** The class that a TypeScript text exports by that name. Throws where there is none, or the text does not load. */
export async function compileService(text: string, className: string): Promise<ServiceClass> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(compileFile(text)).href)) as Readonly<Record<string, unknown>>;
  const exported = module[className];
  if (typeof exported !== 'function') throw new TypeError(`the text exports no class ${className}`);
  return exported as ServiceClass;
}
