import { lifecycleLockSource } from './lifecycle-lock-source.ts';
import { lifecycleStackSource } from './lifecycle-stack-source.ts';

/** The files that may be written beside the sources, without their extension. */
export const VENDORED = ['lifecycle-lock', 'lifecycle-stack'] as const;

export type VendoredName = (typeof VENDORED)[number];

const SOURCES = { 'lifecycle-lock': lifecycleLockSource, 'lifecycle-stack': lifecycleStackSource } as const satisfies Record<VendoredName, typeof lifecycleLockSource>;

/** The text of one of them, for the name it will have and the way it will be imported. */
export function vendoredSource(name: VendoredName, fileName: string, module: 'commonjs' | 'esm'): string {
  return SOURCES[name](fileName, module);
}
