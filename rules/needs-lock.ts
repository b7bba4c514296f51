import type { Service } from '../model/service.ts';

/** Whether services of its kind have to keep start and stop apart: see the table of kinds in docs/model.md. */
export function needsLock({ kind }: Service): boolean {
  return kind === 'adapter' || kind === 'background' || kind === 'in-place runner';
}
