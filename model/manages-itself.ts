import type { Service } from './service.ts';

/** Whether a service has to see to its own start and stop: one that only forwards, or that a host calls, has nothing to keep apart or to dispose of. */
export function managesItself({ kind }: Pick<Service, 'kind'>): boolean {
  return kind === 'adapter' || kind === 'background' || kind === 'in-place runner';
}
