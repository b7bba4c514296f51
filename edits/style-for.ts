import type { Source } from '../model/source.ts';
import type { LifecycleLockOptions, Style } from './lifecycle-lock-options.ts';
import { fileStyleOf } from './text/file-style.ts';

/** `using` is no syntax of plain JavaScript before Node 24. */
export function styleFor(source: Source, { style = 'delegate', nodeMajor }: LifecycleLockOptions): Style {
  const canUse = fileStyleOf(source).isTypeScript || (nodeMajor !== undefined && nodeMajor >= 24);
  return style === 'using' && !canUse ? 'delegate' : style;
}
