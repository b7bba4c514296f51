import type { Gap, Hold, Method, Service, Side } from '../model/service.ts';
import { addLifecycleLock } from '../edits/add-lifecycle-lock.ts';
import { lineOf } from '../model/line-of.ts';
import { isWorkLock } from '../model/locks/is-work-lock.ts';
import { defineRule } from './define-rule.ts';
import type { Finding } from './finding.ts';
import { managesItself } from '../model/manages-itself.ts';

interface Options {
  /** Whether to report a lock that falls short only where calls can collide, or by the letter. */
  readonly where: 'every-service' | 'races';
}

/** Gaps that are faults whatever the methods do: the lock stays held, or nobody waits for the work under it. */
const ALWAYS = new Set<Gap>(['never-released', 'not-awaited', 'return-unawaited', 'unsafe-release']);

const DEFAULTS: Options = { where: 'races' };

export default defineRule({
  name: 'no-partial-lifecycle-lock',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a lifecycle lock that covers only one side, or only a part of start and stop',
      presets: { recommended: {}, strict: { where: 'every-service' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          where: {
            description: 'What to report: `races`, only gaps through which calls can collide; `every-service`, every gap.',
            type: 'string',
            enum: ['races', 'every-service'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      'check-before': '`{{method}}()` tests its state on line {{line}}, before it holds `{{lock}}`: two calls can pass the test together. Test it under the lock.',
      'never-released': '`{{method}}()` acquires `{{lock}}` on line {{line}} and never releases it: every later holder waits for ever.',
      nested: '`{{method}}()` holds `{{lock}}` only inside a block (line {{line}}): the rest of it runs without the lock.',
      'not-awaited': '`{{method}}()` neither returns nor awaits the work under `{{lock}}` (line {{line}}): it ends while that work still runs, and its errors are lost.',
      'return-unawaited': 'The return on line {{line}} gives `{{lock}}` back before its promise settles: other calls get in while the work still runs. Write `return await`.',
      'unsafe-release': 'If line {{line}} throws, `{{method}}()` keeps `{{lock}}` for ever. Release it in a `finally` that begins right after the lock is acquired.',
      'work-after': '`{{method}}()` still works after it has released `{{lock}}` (line {{line}}): other calls interleave with that part.',
      'work-before': '`{{method}}()` works before it holds `{{lock}}` (line {{line}}): other calls interleave with that part.',
      oneSided: '`{{held}}()` holds `{{lock}}` but `{{method}}()` does not: `{{method}}()` can run in the middle of `{{held}}()`.',
      holdWhole: 'Hold `{{lock}}` over the whole of `{{method}}()`.',
    },
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      const { lifecycle } = service.lock;
      if (lifecycle === undefined || service.kind === 'host-serialised' || isWorkLock(service)) continue;
      for (const [side, other] of [[service.start, service.stop], [service.stop, service.start]] as const) {
        const finding = findGap(service, side, other, options.where === 'races');
        if (finding === undefined) continue;
        const { at, messageId, method, held } = finding;
        yield {
          node: method.node.key,
          service: service.name,
          messageId,
          data: { service: service.name, method: method.name, held, lock: `this.${lifecycle.key}`, line: lineOf(source, at) },
          mend: { messageId: 'holdWhole', plan: () => addLifecycleLock(service, source) },
        } satisfies Finding;
      }
    }
  },
});

interface Found {
  readonly at: Hold['node'];
  readonly messageId: Gap | 'oneSided';
  readonly method: Method;
  readonly held: string;
}

function findGap(service: Service, side: Side, other: Side, onlyHazards: boolean): Found | undefined {
  const { lock, races } = service;
  const fact = side === service.start ? lock.start : lock.stop;
  if (fact === 'yes') return undefined;
  for (const method of side.methods) {
    // A helper that takes the lock for its caller counts as part of that caller.
    const others = [...side.methods, ...other.methods].filter((one) => one !== method);
    const holds = lock.holds.filter((hold) => !others.includes(hold.method) && hold.lock.key === lock.lifecycle?.key);
    // Whatever else may hold a lock there, nobody waits for this work.
    const gap = holds.find((hold) => hold.covers === 'no' && (fact === 'no' || hold.gap?.kind === 'not-awaited'))?.gap;
    if (gap !== undefined && (!onlyHazards || ALWAYS.has(gap.kind) || races.length > 0)) {
      return { at: gap.node, messageId: gap.kind, method, held: other.main.name };
    }
    const holder = lock.holds.find((hold) => other.methods.includes(hold.method) && (hold.covers === 'yes' || (isTransition(service, hold) && !onlyHazards)));
    if (fact !== 'no' || holds.length > 0 || holder === undefined || !managesItself(service) || isEmpty(method)) continue;
    return { at: method.node, messageId: 'oneSided', method, held: holder.method.name };
  }
  return undefined;
}

/** What start changes before its loop and after it. */
function isTransition({ kind, lock }: Service, hold: Hold): boolean {
  return kind === 'in-place runner' && hold.lock.key === lock.lifecycle?.key && !lock.overLoop.includes(hold);
}

/** Nothing of it can run in the middle of anything. */
function isEmpty({ value: { body } }: Method): boolean {
  return body.type === 'BlockStatement' && body.body.length === 0;
}
