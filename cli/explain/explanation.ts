import type { RestartGap } from '../../model/restart/restart-facts.ts';
import type { DeadlineFlaw, Fact, Gap, HoldForm, Lock, RaceKind, ServiceKind, StartupHazard, StepKind, Transition, TransitionHazard } from '../../model/service.ts';
import type { Keep, Origin, ResourceKind } from '../../model/ledger/ledger.ts';
import type { Requirement } from '../../model/asked-of.ts';
import type { ProtectionKind } from '../../model/races/protection.ts';
import type { StateEvent, StateName } from '../../model/states.ts';

/** What the model knows of one service and what the rules say of it, as JSON. Within a version properties are added and none is renamed or removed. */
export interface Explanation {
  readonly version: 1;
  /** With slashes, as it was asked for. */
  readonly file: string;
  readonly service: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: ServiceKind;
  /** How the kind is told. */
  readonly kindWhy: string;
  /** What is asked of this kind; what is missing here is asked of other kinds only. */
  readonly asked: readonly ExplainedRequirement[];
  readonly start: ExplainedSide;
  readonly stop: ExplainedSide;
  readonly lock: ExplainedLock;
  /** The fields that both sides go by. */
  readonly flags: readonly ExplainedFlag[];
  readonly ledger: readonly ExplainedAcquisition[];
  readonly races: readonly ExplainedRace[];
  /** Whether both sides could be followed to their end; else a race may have been missed. */
  readonly isFollowed: boolean;
  readonly protections: readonly ExplainedProtection[];
  readonly drains: readonly ExplainedDrain[];
  readonly restart: ExplainedRestart;
  readonly teardown: readonly ExplainedStep[];
  readonly startup: ExplainedStartup;
  readonly transitions: readonly ExplainedTransition[];
  readonly constructorStarts: readonly (Place & { readonly what: string })[];
  readonly dispose: { readonly hasAsync: Fact; readonly reachesStop: Fact; readonly method: Place | undefined; readonly synchronous: Place | undefined };
  /** The inner services, in the order in which start begins them and in that in which stop ends them. */
  readonly owns: { readonly started: readonly ExplainedPart[]; readonly stopped: readonly ExplainedPart[] };
  readonly states: readonly ExplainedState[];
  readonly changes: readonly ExplainedChange[];
  /** One for each rule, by name. */
  readonly verdicts: readonly Verdict[];
}

/** Lines count from 1. `text` is what stands on the first of them, without its indentation. */
export interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

export interface ExplainedRequirement {
  readonly requirement: Requirement;
  readonly what: string;
  /** What its rules say of this service. */
  readonly recommended: Opinion['outcome'];
  readonly strict: Opinion['outcome'];
  /** Why `strict` is silent; empty where it is not. */
  readonly why: string;
}

export interface ExplainedMethod extends Place {
  readonly name: string;
  readonly isAsync: boolean;
}

export interface ExplainedSide {
  /** The name that messages use. */
  readonly main: string;
  readonly methods: readonly ExplainedMethod[];
  /** Those that only call one of `methods`. */
  readonly forwarders: readonly ExplainedMethod[];
}

export interface ExplainedLock {
  /** The lock that both sides hold, or the only one that either holds. */
  readonly lifecycle: (Place & { readonly key: string; readonly scope: Lock['scope']; readonly library: string | undefined }) | undefined;
  /** Whether it covers the whole of that side. */
  readonly start: Fact;
  readonly stop: Fact;
  readonly holds: readonly (Place & {
    readonly key: string;
    readonly method: string;
    readonly form: HoldForm;
    readonly covers: Fact;
    readonly gap: (Place & { readonly kind: Gap; readonly what: string }) | undefined;
  })[];
  /** Methods that are no part of the lifecycle and take the lock all the same. */
  readonly hotUses: readonly (Place & { readonly method: string })[];
  readonly reentries: readonly (Place & { readonly via: readonly string[] })[];
}

export interface ExplainedFlag {
  readonly field: string;
  readonly start: FlagUse;
  readonly stop: FlagUse;
}

export interface FlagUse {
  readonly tests: readonly Place[];
  readonly writes: readonly Place[];
}

export interface ExplainedAcquisition extends Place {
  readonly kind: ResourceKind;
  /** `setInterval(…)` */
  readonly what: string;
  readonly method: string;
  readonly origins: readonly Origin[];
  /** `name` is missing for `elsewhere` and `nowhere`. */
  readonly keptIn: Keep['in'];
  readonly keptAs: string | undefined;
  readonly released: Fact;
  readonly releases: readonly (Place & { readonly method: string; readonly isInStop: boolean })[];
}

/** What one of the two calls of a race does, in the order of time; steps of both lanes share one clock, so a larger `at` comes later. */
export interface RaceStep extends Place {
  readonly at: number;
  readonly lane: 'first' | 'second';
  readonly role: 'check' | 'effect' | 'other' | 'wait';
  /** `tests this.running`, `waits`, `sets this.running` */
  readonly what: string;
}

export interface ExplainedRace {
  readonly kind: RaceKind;
  readonly field: string;
  readonly start: string;
  readonly stop: string;
  readonly check: Place | undefined;
  readonly wait: Place;
  readonly effect: Place;
  /** The two calls that collide; for a race of a method with itself twice the same. */
  readonly first: string;
  readonly second: string;
  readonly schedule: readonly RaceStep[];
  readonly sentence: string;
  /** The lock that keeps the two calls apart all the same: only the letter of the text is left of the race. */
  readonly lockedBy: string | undefined;
}

export interface ExplainedProtection extends Place {
  readonly kind: ProtectionKind;
  /** The races that would be there without it; with an `or`, without both. */
  readonly closes: readonly RaceKind[];
  readonly field: string | undefined;
  readonly method: string;
  readonly sentence: string;
  /** Closes the same races by another field: either alone is enough. */
  readonly or: (Place & { readonly kind: ProtectionKind; readonly field: string | undefined; readonly method: string }) | undefined;
}

export interface ExplainedDrain extends Place {
  readonly name: string;
  readonly method: string;
  readonly bounded: Fact;
  readonly deadline: (Place & { readonly flaw: DeadlineFlaw | undefined; readonly what: string; readonly error: string | undefined }) | undefined;
}

export interface ExplainedRestart {
  readonly refusedAfterTimeout: Fact;
  readonly isOneShot: Fact;
  readonly flag: string | undefined;
  readonly gap: (Place & { readonly kind: RestartGap; readonly what: string }) | undefined;
}

export interface ExplainedStep extends Place {
  readonly name: string;
  readonly method: string;
  readonly kind: StepKind;
  readonly isAwaited: boolean;
  readonly mayFail: boolean;
  readonly isolated: Fact;
  /** The steps that are skipped if this one fails. */
  readonly skips: readonly string[];
}

export interface ExplainedStartup {
  readonly acquired: readonly (Place & { readonly name: string; readonly method: string; readonly field: string | undefined; readonly release: Place | undefined })[];
  readonly rolledBack: Fact;
  readonly gaps: readonly (Place & { readonly left: readonly string[]; readonly hazards: readonly { readonly kind: StartupHazard; readonly of: string }[] })[];
  readonly leftSet: (Place & { readonly field: string; readonly fails: Place }) | undefined;
}

export interface ExplainedTransition extends Place {
  readonly from: string;
  readonly what: Transition['what'];
  readonly field: string;
  readonly held: Fact;
  readonly hazard: TransitionHazard | undefined;
  readonly wait: Place | undefined;
}

export interface ExplainedPart extends Place {
  readonly name: string;
  readonly method: string;
}

export interface ExplainedState {
  readonly state: StateName;
  /** `no`: the class passes through it without knowing, or lacks it. */
  readonly present: Fact;
  readonly why: string;
}

export interface ExplainedChange {
  readonly from: StateName;
  readonly to: StateName;
  readonly on: StateEvent;
  /** `no`: the class lacks it and is worse for it. */
  readonly present: Fact;
  readonly why: string;
}

export interface VerdictReport extends Place {
  readonly messageId: string;
  readonly message: string;
}

/**
 * - `reported`: with `reports`
 * - `kept`: the service has what the rule asks for
 * - `unknown`: it cannot be told from the file, so the rule is silent
 * - `not asked`: the rule does not ask this of such a service, or not in this preset
 */
export interface Opinion {
  readonly outcome: 'kept' | 'not asked' | 'reported' | 'unknown';
  readonly why: string;
  readonly reports: readonly VerdictReport[];
}

export interface Verdict {
  readonly rule: string;
  readonly description: string;
  readonly url: string;
  readonly recommended: Opinion;
  readonly strict: Opinion;
}
