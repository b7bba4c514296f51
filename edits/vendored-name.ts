import { basename } from 'node:path/posix';
import type { VendoredName } from './vendored-source.ts';

/** Which of our files an import asks for. */
export function vendoredNameOf(specifier: string): VendoredName {
  return basename(specifier).startsWith('lifecycle-stack') ? 'lifecycle-stack' : 'lifecycle-lock';
}
