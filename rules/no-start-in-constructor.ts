import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-start-in-constructor',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow starting work while an object is being constructed', presets: { recommended: {}, strict: {} } },
    schema: [],
    messages: {
      call: 'Constructing `{{service}}` calls `{{text}}`: nobody can await it or catch its error, and a subclass is not yet initialised. Leave starting to the caller.',
      loop: 'Constructing `{{service}}` sets `{{text}}` going: nobody can await it or catch its error, and whoever only builds the object must stop it too. Begin it in a start method.',
      timer: 'Constructing `{{service}}` sets a timer (`{{text}}`): whoever only builds the object keeps it firing. Set it in a start method.',
    },
  },
  defaultOptions: [],
  looksAt: 'stoppables',
  *findings({ constructions }) {
    for (const { facts, starts } of constructions) {
      for (const { node, what, text } of starts) {
        yield { node, service: facts.name, messageId: what, data: { service: facts.name, text } };
      }
    }
  },
});
