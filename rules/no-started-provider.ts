import { lineOf } from '../model/line-of.ts';
import type { StartedProvider } from '../model/ownership/started-provider.ts';
import { startedProvidersOf } from '../model/read-providers.ts';
import { calleeText } from '../model/ast/callee-text.ts';
import { defineRule, TYPES_OPTION, type TypedOptions } from './define-rule.ts';

interface Options extends TypedOptions {
  /** Which providers to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards', types: false };

export default defineRule({
  name: 'no-started-provider',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow dependency providers and factories that start the service they hand out',
      presets: { recommended: {}, 'recommended-typed': { types: true }, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description:
              'Which providers to report: `hazards`, those whose service is known and that nothing in the file stops; `every`, also those of unknown classes, and those that somebody is told to stop.',
            type: 'string',
            enum: ['hazards', 'every'],
          },
          ...TYPES_OPTION,
        },
        additionalProperties: false,
      },
    ],
    messages: {
      container:
        'This `{{provider}}` starts `{{variable}}` (line {{made}}) while the container is only being filled: if a later provider fails, or when the container goes, nobody stops it. Hand it out unstarted, and start it where it is stopped.',
      factory:
        '`{{provider}}()` calls `{{call}}` before its caller holds `{{variable}}` (line {{made}}): if that fails half way, nobody can stop what it has begun. Hand it out unstarted and let the caller start it.',
      unawaited:
        '`{{provider}}` calls `{{call}}` without waiting for it: its failure is an unhandled rejection, and who gets `{{variable}}` cannot tell whether it runs yet. Hand it out unstarted and let its owner start it.',
    },
  },
  defaultOptions: [DEFAULTS],
  looksAt: 'providers',
  *findings({ source, settings, options }) {
    for (const found of startedProvidersOf(source, settings)) {
      if (options.report !== 'every' && !isHazard(found)) continue;
      const { declaration, kind, name, service, start, variable } = found;
      const data = { provider: name, variable, made: lineOf(source, declaration), call: calleeText(start) };
      yield { node: start, service: service?.name ?? name, messageId: isLeftAlone(found) ? 'unawaited' : kind, data };
    }
  },
});

/** Of a factory only a service that can be seen: `createClient()` may well give a connected client by design. */
function isHazard({ hasStop, kind, stopped }: StartedProvider): boolean {
  return stopped === 'no' && (kind === 'container' || hasStop);
}

function isLeftAlone({ isAsync, isAwaited }: StartedProvider): boolean {
  return !isAwaited && isAsync === 'yes';
}
