import type { StalePid } from '../model/kills/kill.ts';
import { lineOf } from '../model/line-of.ts';
import { killsOf } from '../model/read-kills.ts';
import { defineRule } from './define-rule.ts';

export default defineRule({
  name: 'no-stale-pid-kill',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow signals to a pid that was kept, unless it is known what runs under it',
      presets: { recommended: {}, strict: {} },
    },
    schema: [],
    messages: {
      read: '`{{name}}` was written to the file that line {{line}} reads, perhaps long ago: by now any other process may have that number, and gets the signal. Compare what runs under it first: its start time, or its command line.',
      loaded: '`{{name}}` comes from the record that line {{line}} loads, perhaps of long ago: by now any other process may have that number, and gets the signal. Compare what runs under it first: its start time, or its command line.',
      notCleared: '`{{name}}` outlives its process: the handler of its exit at line {{line}} does not clear it. Any other process may get that number, and then the signal. Clear it there.',
    },
  },
  defaultOptions: [],
  looksAt: 'kills',
  *findings({ source }) {
    for (const { node, name, from, source: where, owner } of killsOf(source.program).stale) {
      yield { node, service: owner, messageId: MESSAGE[from], data: { name, line: lineOf(source, where) } };
    }
  },
});

const MESSAGE = { loaded: 'loaded', 'not-cleared': 'notCleared', read: 'read' } as const satisfies Record<StalePid['from'], string>;
