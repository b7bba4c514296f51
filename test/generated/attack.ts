import { runCodemods } from '../../codemods/run-codemod.ts';
import { codemods } from '../../codemods/index.ts';
import type { Codemod, CodemodOptions } from '../../codemods/codemod.ts';
import { choicesFor, patient, repeated } from './choices.ts';
import { compile } from './compile.ts';
import { play, type GeneratedClass, type Seen } from './play.ts';
import { printScenario, type Scenario } from './scenarios.ts';

/** One class to attack the codemods with. */
export interface Target {
  readonly name: string;
  readonly text: string;
  readonly scenarios: readonly Scenario[];
  readonly options: CodemodOptions;
  /** Whether nothing but its callers starts and stops it, and none of them makes another give up. */
  readonly isExact: boolean;
}

export interface Bug {
  readonly what: string;
  readonly scenario: string;
  readonly schedule: string;
}

export interface Verdict {
  readonly target: Target;
  /** The text afterwards. */
  readonly text: string;
  readonly added: readonly string[];
  /** Why it was left alone, or what was. */
  readonly left: readonly string[];
  /** What is wrong in the class as it was generated, in an order in which calls may come. Not looked for where `before` is false. */
  readonly faults: readonly Bug[];
  /** What is wrong in the class after the codemods. */
  readonly bugs: readonly Bug[];
  readonly runs: number;
}

export interface Depth {
  /** How many orders of each scenario. */
  readonly orders: number;
  /** Whether to play them on the original too. */
  readonly before: boolean;
  readonly codemods?: readonly Codemod[];
}

const DEFAULTS = codemods.filter(({ isDefault }) => isDefault);

/** Runs the codemods on a class, and looks for an order of events in which the result does what the original does not. */
export async function attack(target: Target, { orders, before, codemods: chosen = DEFAULTS }: Depth): Promise<Verdict> {
  const { text, services } = runCodemods(chosen, { fileName: 'service.ts', text: target.text }, target.options);
  const added = services.flatMap((service) => service.added.map(({ codemod }) => codemod));
  const left = services.flatMap((service) => service.left.map(({ codemod, why }) => `${codemod}: ${why}`));
  const isLocked = added.includes('add-lifecycle-lock');
  const original = compile(target.text);
  const edited = added.length === 0 ? undefined : compile(text);
  const bugs: Bug[] = [];
  const faults: Bug[] = [];
  let runs = 0;
  const { left: up } = await play(original, { ops: ['start'] }, patient);
  for (const [index, scenario] of target.scenarios.entries()) {
    const base = await play(original, scenario, patient);
    const reference: Reference = { scenario, original, base, up, isExact: target.isExact };
    const isSound = faultIn(base, scenario) === undefined && scenario.hangs === undefined;
    const report = (list: Bug[], what: string | undefined, { schedule }: Seen): void => {
      if (what !== undefined) list.push({ what, scenario: printScenario(scenario), schedule: schedule.join('; ') });
    };
    if (scenario.isDrain === true) {
      const isBounded = added.includes('add-drain-timeout') && !left.some((why) => /^add-(?:drain-timeout|unrestartable-flag)/.test(why));
      const seen = edited !== undefined && isBounded ? await play(edited, scenario, patient) : undefined;
      if (seen !== undefined) report(bugs, hungFault(seen), seen);
      continue;
    }
    if (edited !== undefined) {
      const same = await play(edited, scenario, patient);
      const change = isSettled(base) && isLifecycleOnly(scenario) ? difference(base, same, scenario) : undefined;
      report(bugs, change && `one call after the other: ${change}`, same);
      runs += 2;
    }
    for (const choose of choicesFor(scenario, orders, index)) {
      if (edited !== undefined) {
        const seen = await play(edited, scenario, choose());
        runs++;
        report(bugs, await bugIn(seen, reference, isSound && isLocked), seen);
      }
      if (before && isSound) {
        const seen = await play(original, scenario, choose());
        report(faults, wrongIn(seen, reference), seen);
        runs++;
      }
    }
  }
  return { target, text, added, left, faults, bugs, runs };
}

function isSettled({ calls }: Seen): boolean {
  return calls.every((state) => state !== 'pending');
}

/** What no order may show. What a restart closes counts as its own generation: there, generations tell nothing. */
function faultIn({ calls, offences, generations, unhandled }: Seen, { ops }: Scenario): string | undefined {
  if (calls.includes('pending')) return 'a call never returns';
  if (offences.length > 0) return offences[0];
  if (generations > 1 && ops.every((op) => op === 'start' || op === 'stop' || op === 'item')) return 'two generations';
  return unhandled.length > 0 ? `unhandled: ${unhandled.join(', ')}` : undefined;
}

/** A stop that cannot end must fail, and what it left alive must stay alone. */
function hungFault({ calls, generations }: Seen): string | undefined {
  if (calls.includes('pending')) return 'a drain that hangs has no end';
  return generations > 1 ? 'two generations after a stop that timed out' : undefined;
}

/** A deadline of the class's own, or the one that add-drain-timeout sets where nobody says otherwise. */
function isDeadline(what: string): boolean {
  return what === 'timeout 600000 ms' || what === 'timeout 10000 ms';
}

/** What differs from the same calls made one after the other: under a lock they are let in as they came. */
function difference(base: Seen, seen: Seen, { ops }: Scenario): string | undefined {
  // A stop that nobody waits for may still be at its drain, with the deadline that it now has.
  const isBegun = (what: string): boolean => !isLifecycleOnly({ ops }) && isDeadline(what);
  for (const what of ['calls', 'left', 'offences', 'unhandled'] as const) {
    const [expected, found] = [String(base[what]), String(seen[what].filter((one) => !isBegun(one)))];
    if (expected !== found) return `${what} are [${found}] instead of [${expected}]`;
  }
  return undefined;
}

/** What a class does when its calls come one after the other, which it does whatever its races. */
interface Reference {
  readonly scenario: Scenario;
  readonly original: GeneratedClass;
  readonly base: Seen;
  /** What is outside while it runs. */
  readonly up: readonly string[];
  readonly isExact: boolean;
}

/** What is wrong with an order in which the calls of a service without faults of its own come at once. */
function wrongIn(seen: Seen, { base, up, scenario, isExact }: Reference): string | undefined {
  const fault = faultIn(seen, scenario);
  if (fault !== undefined) return fault;
  if (isExact && isLifecycleOnly(scenario)) return difference(base, seen, scenario);
  const left = String(seen.left.filter((one) => !isDeadline(one)));
  return left === '' || left === String(base.left) || left === String(up) ? undefined : `left are [${left}], which is neither up nor down`;
}

function isLifecycleOnly({ ops }: Scenario): boolean {
  return ops.every((op) => op === 'start' || op === 'stop');
}

async function bugIn(seen: Seen, reference: Reference, isSound: boolean): Promise<string | undefined> {
  const { base, scenario, original } = reference;
  const wrong = isSound ? wrongIn(seen, reference) : undefined;
  if (wrong !== undefined) return wrong;
  const differs = isSound && isLifecycleOnly(scenario) && String(base.left) !== String(seen.left);
  if (isSettled(seen) && !differs) return undefined;
  const before = await play(original, scenario, repeated(seen.schedule));
  if (!isSettled(seen)) return isSettled(before) ? 'a call never returns, which did in the original' : undefined;
  const isWorse = wrongIn(before, reference) === undefined && String(base.left) === String(before.left);
  return isWorse ? `left are [${String(seen.left)}], and in the original [${String(before.left)}]` : undefined;
}
