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
  /** Base classes in other files that keep start and stop of their subclasses apart. */
  readonly safeBases?: readonly string[];
  /** What is acquired by a call and ended by another, beside the known ones: `{ acquire: 'follow', release: ['unfollow'] }`. */
  readonly resources?: readonly { readonly acquire: string; readonly release: readonly string[] }[];
  /** Frameworks in use that start and stop the classes which implement their lifecycle interfaces, once and in order. */
  readonly frameworks?: readonly Framework[];
}

export type Framework = 'libp2p' | 'loopback' | 'nest';

/** Settings with every default filled in. */
export type ResolvedSettings = { readonly [Key in keyof LifecycleSettings]-?: NonNullable<LifecycleSettings[Key]> };

export const DEFAULT_SETTINGS: ResolvedSettings = Object.freeze({
  pairs: [],
  lockMethods: [],
  lockClasses: [],
  lockDecorators: [],
  timeouts: [],
  safeBases: [],
  resources: [],
  frameworks: [],
});
