/** What a user can tell about a code base under `settings.lifecycle`; the same for the rules and the codemods. */
export interface LifecycleSettings {
  /** Lifecycle pairs beside the built-in ones, as `[start, stop]`. Always checked. */
  readonly pairs?: readonly (readonly [start: string, stop: string])[];
  /** Methods of a home-made lock that run a callback under it: `['runLocked']`. */
  readonly lockMethods?: readonly string[];
  /** Class names whose instances are locks: `['Baton']`. */
  readonly lockClasses?: readonly string[];
  /** Method decorators that hold one lock per instance, with the property that holds the lock. */
  readonly lockDecorators?: readonly { readonly decorator: string; readonly lockProperty: string }[];
  /** Functions that reject when their time is up, beside the known ones. */
  readonly timeouts?: readonly string[];
  /** Base classes in other files that hold the lifecycle lock themselves, or that have nothing to start and stop. */
  readonly safeBases?: readonly string[];
  /** Frameworks that call the hooks of a class once and in order. */
  readonly frameworks?: readonly Framework[];
}

export type Framework = 'fastify' | 'libp2p' | 'loopback' | 'moleculer' | 'nest';

/** Settings with every default filled in. */
export type ResolvedSettings = { readonly [Key in keyof LifecycleSettings]-?: NonNullable<LifecycleSettings[Key]> };

export const DEFAULT_SETTINGS: ResolvedSettings = Object.freeze({
  pairs: [],
  lockMethods: [],
  lockClasses: [],
  lockDecorators: [],
  timeouts: [],
  safeBases: [],
  frameworks: [],
});
