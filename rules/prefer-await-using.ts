import { type StartedTogether, useAwaitUsing } from '../edits/use-await-using.ts';
import { declareUsing } from '../edits/using/declare-using.ts';
import { fileTarget } from '../edits/using/file-target.ts';
import { calleeText } from '../model/ast/callee-text.ts';
import { lineOf } from '../model/line-of.ts';
import type { StartedHere } from '../model/ownership/started-here.ts';
import type { Outcome } from '../edits/outcome.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Unstopped } from '../model/ownership/unstopped.ts';
import { startedHereOf } from '../model/read-call-sites.ts';
import { undisposedStacksIn } from '../model/ownership/undisposed-stacks.ts';
import { unstoppedOf } from '../model/read-unstopped.ts';
import type { Source } from '../model/source.ts';
import { defineRule, TYPES_OPTION, type TypedOptions } from './define-rule.ts';
import type { Finding } from './finding.ts';

interface Options extends TypedOptions {
  /** Which call sites to report. */
  readonly report: 'every' | 'hazards';
}

const DEFAULTS: Options = { report: 'hazards', types: false };

/** A failure there ends the test, and with it most often the process. */
const IN_TESTS = /\.(?:spec|test)\.[cm]?[jt]sx?$|(?:^|[/\\])(?:__tests__|e2e|tests?)[/\\]/;

export default defineRule({
  name: 'prefer-await-using',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer `await using` where a function starts and stops something itself, so that nothing skips the stop',
      presets: { recommended: {}, 'recommended-typed': { types: true }, strict: { report: 'every' } },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          report: {
            description:
              'Which call sites to report: `hazards`, those where an error or a return leaves it running in a process that goes on; `every`, also in scripts and tests, and stops by hand in a `finally`.',
            type: 'string',
            enum: ['hazards', 'every'],
          },
          ...TYPES_OPTION,
        },
        additionalProperties: false,
      },
    ],
    messages: {
      skipped: 'If control leaves at line {{fails}}, `{{stop}}` at line {{line}} is skipped and `{{variable}}` runs on. Declare it with `await using`, or stop it in a `finally`.',
      lateTry: 'If line {{fails}} fails, the `try` is never entered, `{{stop}}` at line {{line}} is skipped and `{{variable}}` runs on. Declare it with `await using`, or enter the `try` right after the start.',
      inTurn: 'If `{{other}}` at line {{fails}} fails, `{{stop}}` is skipped and `{{variable}}` runs on. Declare both with `await using`: each is stopped, whatever the other does.',
      byHand: '`{{variable}}` is declared outside its `try` only to be stopped here. Declare it with `await using`, or give it to an `AsyncDisposableStack`.',
      unstopped: '`{{variable}}` is started here and nothing stops it: it runs on after the function has returned. {{mend}}',
      stopAtEnd: 'Stop `{{variable}}` whenever control leaves.',
      undisposed: 'Nothing disposes of `{{variable}}`, so what line {{line}} puts on it, and all that follows, is never stopped. Declare it with `{{keyword}}`.',
      orphaned: 'If control leaves at line {{fails}}, nobody can stop `{{variable}}` any more, and it runs on. Call `{{stop}}` if that fails, or hand it out unstarted.',
    },
  },
  defaultOptions: [DEFAULTS],
  looksAt: 'starts',
  *findings({ source, settings, options }) {
    if (options.report !== 'every' && IN_TESTS.test(source.fileName)) return;
    for (const found of startedHereOf(source)) {
      if (options.report !== 'every' && !found.runsOn) continue;
      const { fails, node, owner, stop, variable } = found;
      const data = { variable, stop: calleeText(stop), line: lineOf(source, stop), fails: lineOf(source, fails ?? node), other: calleeText(fails ?? node) };
      yield { node, service: owner, messageId: MESSAGE[found.kind], data, mend: { messageId: 'stopAtEnd', plan: () => mendOf(found, source, settings) } };
    }
    for (const { node, owner, variable, use, isAsync } of options.report === 'every' ? undisposedStacksIn(source) : []) {
      yield { node, service: owner, messageId: 'undisposed', data: { variable, line: lineOf(source, use), keyword: isAsync ? 'await using' : 'using' } };
    }
    for (const found of unstoppedOf(source, settings)) if (options.report === 'every' || found.runsOn) yield unstopped(found, source, settings);
  },
});

function unstopped(found: Unstopped, source: Source, settings: ResolvedSettings): Finding<'orphaned' | 'stopAtEnd' | 'unstopped'> {
  const { kind, fails, isAsyncDisposable, owner, start, stop, variable } = found;
  const call = stop.startsWith('[') ? `${variable}${stop}()` : `${variable}.${stop}()`;
  const advice = isAsyncDisposable ? 'Declare it with `await using`.' : `Call \`${call}\` in a \`finally\`.`;
  const about = { node: start, service: owner };
  if (kind === 'orphaned') return { ...about, messageId: 'orphaned', data: { variable, stop: call, fails: lineOf(source, fails ?? start) } };
  return { ...about, messageId: 'unstopped', data: { variable, mend: advice }, mend: { messageId: 'stopAtEnd', plan: () => declareUsing(found, source, fileTarget(source, settings)) } };
}

/** The edit is one for all that is started in the block, or stopped in the `finally`. */
function mendOf(found: StartedHere, source: Source, settings: ResolvedSettings): Outcome | undefined {
  const known = planned.get(source);
  const of = known?.settings === settings ? known : { settings, all: useAwaitUsing(startedHereOf(source), source, fileTarget(source, settings)) };
  planned.set(source, of);
  return of.all.find((together) => together.found.includes(found))?.outcome;
}

const planned = new WeakMap<Source, { readonly settings: ResolvedSettings; readonly all: readonly StartedTogether[] }>();

const MESSAGE = { skipped: 'skipped', 'late-try': 'lateTry', 'in-turn': 'inTurn', 'by-hand': 'byHand' } as const satisfies Record<StartedHere['kind'], string>;
