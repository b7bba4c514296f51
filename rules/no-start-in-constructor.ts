import { defineRule } from './define-rule.ts';

interface Options {
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards' };

export default defineRule({
  name: 'no-start-in-constructor',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow starting work while an object is being constructed',
      presets: { recommended: {}, strict: { report: 'every' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description: 'Which starts to report: `hazards`, timers that nothing clears and work whose failure nobody sees; `every`, all that begins with construction.',
            type: 'string',
            enum: ['hazards', 'every'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      call: 'Constructing `{{service}}` calls `{{text}}`: nobody can await it or catch its error, and a subclass is not yet initialised. Leave starting to the caller.',
      loop: 'Constructing `{{service}}` sets `{{text}}` going: nobody can await it or catch its error, and whoever only builds the object must stop it too. Begin it in a start method.',
      timer: 'Constructing `{{service}}` sets a timer (`{{text}}`): whoever only builds the object keeps it firing. Set it in a start method.',
    },
  },
  defaultOptions: [DEFAULTS],
  looksAt: 'stoppables',
  *findings({ constructions, options }) {
    for (const construction of constructions) {
      const { facts } = construction;
      for (const { node, what, text } of options.report === 'every' ? construction.starts : construction.harmful) {
        yield { node, service: facts.name, messageId: what, data: { service: facts.name, text } };
      }
    }
  },
});
