import type { TSESTree } from '@typescript-eslint/utils';
import { isolateTeardownSteps } from '../edits/isolate-teardown-steps.ts';
import { lineOf } from '../model/line-of.ts';
import type { Service, TeardownStep } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { missedBy } from '../model/teardown/matters.ts';
import { defineRule } from './define-rule.ts';
import type { Finding } from './finding.ts';

interface Options {
  /** Which steps must not be skipped: those that release something, or every one that is awaited. */
  readonly steps: 'awaited' | 'releasing';
}

const DEFAULTS: Options = { steps: 'releasing' };
/** So many skipped steps are named. */
const NAMED = 3;

export default defineRule({
  name: 'no-skipped-teardown',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow teardown steps that are skipped when an earlier one fails',
      presets: { recommended: {}, strict: { steps: 'awaited' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          steps: {
            description: 'Which steps must not be skipped: `releasing`, those that release something; `awaited`, all that stop awaits, and no handler may be empty.',
            type: 'string',
            enum: ['releasing', 'awaited'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      skipped: 'When `{{step}}` fails at line {{line}}, `{{method}}()` of `{{service}}` skips {{skipped}}. Run each step in a `try` of its own, and throw what failed at the end.',
      silenced: 'This handler hides that `{{step}}` failed: `{{service}}` counts as stopped, and nobody can tell what it left behind. Log the error with the name of the step.',
      isolate: 'Run each step in a `try` of its own, and throw what failed at the end.',
      swallowed: 'This handler ends a cancellation of `{{step}}` as if it had succeeded: whoever aborted `{{method}}()` of `{{service}}` is not told. Throw an `AbortError` again.',
    },
    hasSuggestions: true,
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      const isStrict = options.steps === 'awaited';
      const failing = firstSkipper(service, isStrict);
      if (failing !== undefined) yield skippedFinding(service, source, failing.step, failing.skips);
      for (const { node, step } of isStrict ? service.teardown.silenced : []) {
        yield { node, service: service.name, messageId: 'silenced', data: { service: service.name, step: step.name } };
      }
      for (const { node, step } of service.teardown.swallowsCancellation.filter(({ isDeliberate }) => isStrict || isDeliberate)) {
        yield { node, service: service.name, messageId: 'swallowed', data: { service: service.name, step: step.name, method: step.method } };
      }
    }
  },
});

interface Skipper {
  readonly step: TeardownStep;
  readonly skips: readonly TeardownStep[];
}

/** The first step that skips others which matter: one that rejects rather than one that throws. */
function firstSkipper({ teardown, node, stop }: Service, isStrict: boolean): Skipper | undefined {
  // A step may end the whole service when it fails.
  const own = new Set(stop.methods.map(({ name }) => name));
  const skippers = teardown.steps.flatMap((step): Skipper[] => {
    const skips = missedBy(step, isStrict ? 'awaited' : 'releasing', node).filter(({ name }) => !own.has(name));
    return skips.length > 0 && (isStrict || isLikely(step, skips)) ? [{ step, skips }] : [];
  });
  return skippers.find(({ step }) => step.failure === 'rejects') ?? skippers[0];
}

/** A synchronous `stop()` seldom throws: it counts where it is that of a base class, or where much is lost. */
function isLikely(step: TeardownStep, skips: readonly TeardownStep[]): boolean {
  if (step.failure === 'rejects' || step.name.startsWith('super.')) return true;
  const others = skips.filter((skipped) => skipped !== step);
  return others.length > 1 || others.some(({ isRepeated }) => isRepeated);
}

function skippedFinding(service: Service, source: Source, step: TeardownStep, skips: readonly TeardownStep[]): Finding<'isolate' | 'skipped'> {
  const data = { service: service.name, step: step.name, line: lineOf(source, step.call), method: service.stop.main.name, skipped: listOf(step, skips, source) };
  const mend = { messageId: 'isolate', plan: () => isolateTeardownSteps(service, source) } as const;
  return { node: placeOf(step, service), service: service.name, messageId: 'skipped', data, mend };
}

/** The step, or the call by which the class comes to it where it stands in a base class. */
function placeOf({ call, via }: TeardownStep, { node }: Service): TSESTree.Node {
  return [...via, call].findLast(({ range }) => node.range[0] <= range[0] && range[1] <= node.range[1]) ?? call;
}

/** `a.close` (line 3), `b.stop` (line 4) and 2 more. */
function listOf(step: TeardownStep, skips: readonly TeardownStep[], source: Source): string {
  const others = skips.filter((skipped) => skipped !== step);
  const named = others.map((skipped) => `\`${skipped.name}\` (line ${lineOf(source, skipped.call)})`);
  const names = [...(others.length < skips.length ? ['the other rounds of its loop'] : []), ...new Set(named)];
  if (names.length > NAMED) names.splice(NAMED, Infinity, `${names.length - NAMED} more`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
