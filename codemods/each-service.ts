import type { Outcome } from '../edits/outcome.ts';
import type { Service } from '../model/service.ts';
import { servicesOf } from '../model/services-of.ts';
import type { Source } from '../model/source.ts';
import type { Codemod, CodemodOptions } from './codemod.ts';
import { resolveSettings } from './resolve-settings.ts';

/** The plans of a codemod that looks at one service after the other. */
export function eachService(plan: (service: Service, source: Source, options: CodemodOptions) => Outcome | undefined): Codemod['plan'] {
  return (source, options) =>
    servicesOf(source, resolveSettings(options.settings)).flatMap((service) => {
      const outcome = plan(service, source, options);
      return outcome === undefined ? [] : [{ name: service.name, node: service.node, outcome }];
    });
}
