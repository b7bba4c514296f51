import type { Service } from '../model/service.ts';
import type { Plan } from './codemod.ts';

/** What a plan is known by while the text round it changes: a service by its place among the services, anything else by its name. */
export function ownerOf({ name, node }: Pick<Plan, 'name' | 'node'>, services: readonly Service[]): string {
  const index = services.findIndex((service) => service.node === node);
  return index < 0 ? name : `#${String(index)}`;
}
