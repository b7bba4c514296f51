import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../model/ast/member-name.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { lineOf } from '../model/line-of.ts';
import type { SignalGap, SignalHandler, SignalRegistration } from '../model/signals/signal.ts';
import { type SignalFile, signalFile } from '../model/signals/signal-file.ts';
import type { Source } from '../model/source.ts';
import { insertFirst } from './flag/insert-first.ts';
import type { Change, Outcome } from './outcome.ts';
import { awaitWork } from './signals/await-work.ts';
import { flagPlace } from './signals/flag-place.ts';
import { type Guarded, guardedFunctions, type SignalObstacle } from './signals/guarded-functions.ts';
import { memberFlag } from './signals/member-flag.ts';
import { moveLatch } from './signals/move-latch.ts';
import { removeHandlers } from './signals/remove-handlers.ts';
import { linesBefore } from './text/beside.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { leadingStart } from './text/leading-start.ts';
import { takenNames } from './text/taken-names.ts';

const NAMES = ['isShuttingDown', 'isShutdownRunning'] as const;

/** Lets the shutdowns of one class, function or module run once, whatever signals come. Undefined where none of them has a gap. */
export function latchShutdownSignals(handlers: readonly SignalHandler[], source: Source): Outcome | undefined {
  const file = signalFile(source.program);
  const taken = new Set(takenNames(source.program));
  const changes: Change[] = [];
  for (const handler of handlers) {
    const made = handler.gap === undefined ? [] : mend(handler, handler.gap, taken, file, source);
    if ('why' in made) return { kind: 'leftover', ...made };
    changes.push(...made);
  }
  return changes.length === 0 ? undefined : { kind: 'edit', changes, safety: 'review', added: 'shutdown latch', needs: [] };
}

function mend(handler: SignalHandler, gap: SignalGap, taken: Set<string>, file: SignalFile, source: Source): SignalObstacle | readonly Change[] {
  switch (gap.kind) {
    case 'late-latch': {
      const moved = moveLatch(gap, file, source);
      return 'why' in moved ? moved : [...moved, ...listenOn(handler.registrations)];
    }
    case 'two-registries':
      return { node: gap.node, why: `line ${lineOf(source, gap.other ?? gap.work)} handles the same signal, and one of the two has to do both` };
    case 'exits-early': {
      const waits = awaitWork(gap, handler, file, source);
      if ('why' in waits) return waits;
      const latched = handler.signals.length > 1 ? latch(handler, taken, file, source) : [];
      return 'why' in latched ? latched : [...waits, ...latched];
    }
    default:
      return latch(handler, taken, file, source);
  }
}

/** A flag that is tested and set first thing in whatever handles the signals. */
function latch(handler: SignalHandler, taken: Set<string>, file: SignalFile, source: Source): SignalObstacle | readonly Change[] {
  if (handler.sendsSignals) return { node: handler.registrations[0].node, why: 'its shutdown sends a signal, which may come back here' };
  const guarded = guardedFunctions(handler, file, source);
  if ('why' in guarded) return guarded;
  const flag = flagFor(guarded, handler, taken, file, source);
  if (flag === undefined) return { node: handler.registrations[0].node, why: 'there is no place for a flag that all its handlers share' };
  const { semicolon } = fileStyleOf(source);
  return [
    flag.declared,
    ...guarded.flatMap(({ body, facts }) => {
      const lines = [`if (${flag.text}) return${semicolon}`, `${flag.text} = true${endBefore(body.body[0], source)}`];
      return insertFirst(source.text, facts?.node, body, lines);
    }),
    ...listenOn(handler.registrations),
    ...removeHandlers(handler, file, source),
  ];
}

interface Flag {
  /** `isShuttingDown`, `this.#isShuttingDown` */
  readonly text: string;
  readonly declared: Change;
}

/** A variable that is there before the first signal; or, where members of one class are the handlers, a field. */
function flagFor(guarded: readonly Guarded[], handler: SignalHandler, taken: Set<string>, file: SignalFile, source: Source): Flag | undefined {
  const facts = guarded[0]?.facts;
  if (guarded.some((one) => one.facts !== facts)) return undefined;
  if (facts !== undefined) return memberFlag(facts, taken, source);
  const place = flagPlace(
    guarded.map(({ fn }) => fn),
    handler,
    file,
  );
  if (place === undefined) return undefined;
  const name = freeName(NAMES, (candidate) => taken.has(candidate));
  taken.add(name);
  const start = leadingStart(source, place.range[0]);
  return { text: name, declared: { start, end: start, text: linesBefore(source, start, [`let ${name} = false${endBefore(place, source)}`]) } };
}

/** What ends a line before a statement that would else run on. */
function endBefore(next: TSESTree.Node | undefined, source: Source): '' | ';' {
  return next !== undefined && /[([`+\-/]/.test(source.text.charAt(next.range[0])) ? ';' : fileStyleOf(source).semicolon;
}

/** `on` for `once`, whose second signal would kill the process in the middle. */
function listenOn(registrations: readonly SignalRegistration[]): readonly Change[] {
  return registrations.flatMap(({ node, method }) => {
    const callee = unwrap(node.callee);
    if (method === 'on' || callee.type !== 'MemberExpression' || callee.computed) return [];
    return [{ ...rangeOf(callee.property), text: memberName(callee) === 'prependOnceListener' ? 'prependListener' : 'on' }];
  });
}

function rangeOf({ range: [start, end] }: TSESTree.Node): Pick<Change, 'end' | 'start'> {
  return { start, end };
}
