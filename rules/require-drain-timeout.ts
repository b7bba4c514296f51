import { addDrainTimeout } from '../edits/add-drain-timeout.ts';
import { lineOf } from '../model/line-of.ts';
import type { DeadlineFlaw, Drain, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';

type State = DeadlineFlaw | 'polls' | 'unbounded';

const POLLS = new Set<string>(['DoWhileStatement', 'ForStatement', 'WhileStatement']);

export default defineRule<State | 'addDeadline', object>({
  name: 'require-drain-timeout',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a service to limit how long its stop waits for work to end',
      presets: { recommended: {}, strict: {} },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      unbounded: '`{{method}}()` waits {{waits}} with no deadline: if that hangs, `{{stop}}()` never returns{{lock}}. Wait with a deadline that rejects.',
      polls:
        '`{{method}}()` polls {{waits}} with no deadline: if the work never ends, `{{stop}}()` never returns{{lock}}. Let a clock end the loop, and throw when it does.',
      'frees-slot':
        'The limit on line {{deadline}} lets the next call in while the work of `{{method}}()` runs on: `{{start}}()` can begin beside what `{{stop}}()` still waits {{waits}}. Put a deadline that rejects round that wait instead.',
      'limits-waiting':
        'The limit on line {{deadline}} ends only the wait for the lock. `{{method}}()` then waits {{waits}} without one: if that hangs, the lock is never given back. Wait with a deadline that rejects.',
      'never-cleared':
        'The timer of the deadline on line {{deadline}} is never cleared: after `{{stop}}()` has returned it holds up the exit of the process, and then fires all the same. Clear it in a `finally`.',
      'outside-lock':
        'The deadline on line {{deadline}} stands outside the lock: when it ends `{{stop}}()`, the lock is still held by what hangs, and every later `{{start}}()` waits for it. Put the deadline under the lock.',
      resolves:
        'When the time on line {{deadline}} is up, `{{method}}()` goes on as if `{{work}}` had ended: `{{stop}}()` succeeds, and the next `{{start}}()` runs beside the old work. Let the deadline reject, or look at the result.',
      unref:
        'The timer of the deadline on line {{deadline}} does not keep the process alive: if nothing else does, the process exits in the middle of `{{stop}}()`. Leave the timer referenced and clear it in a `finally`.',
      addDeadline: 'Wait with a deadline.',
    },
  },
  defaultOptions: [],
  *findings({ services, source }) {
    for (const service of services) {
      const open = service.drains.filter(({ bounded }) => bounded === 'no');
      const [first] = open;
      if (first === undefined) continue;
      const state = stateOf(first);
      const alike = open.filter((drain) => drain.method === first.method && stateOf(drain) === state);
      yield {
        node: first.node,
        service: service.name,
        messageId: state,
        data: dataOf(service, first, alike, source),
        mend: { messageId: 'addDeadline', plan: () => addDrainTimeout(service, source) },
      };
    }
  },
});

function stateOf({ deadline, node }: Drain): State {
  return deadline?.flaw ?? (POLLS.has(node.type) ? 'polls' : 'unbounded');
}

function dataOf({ start, stop, lock }: Service, first: Drain, alike: readonly Drain[], source: Source): Record<string, number | string> {
  const isLocked = lock.start === 'yes' && lock.stop === 'yes';
  return {
    start: start.main.name,
    stop: stop.main.name,
    method: first.method,
    work: first.name,
    waits: waitsOf(first, alike, source),
    deadline: lineOf(source, first.deadline?.node ?? first.node),
    lock: isLocked ? `, and no later \`${start.main.name}()\` gets the lock` : '',
  };
}

/** `for this.task on line 4`, or `on lines 4, 6 and 9`; of a loop only the line. */
function waitsOf(first: Drain, alike: readonly Drain[], source: Source): string {
  const lines = [...new Set(alike.map(({ node }) => lineOf(source, node)))].sort((one, other) => one - other);
  const last = lines.pop() ?? 0;
  if (lines.length > 0) return `on lines ${lines.join(', ')} and ${last}`;
  return POLLS.has(first.node.type) ? `on line ${last}` : `for \`${first.name}\` on line ${last}`;
}
