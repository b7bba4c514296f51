import { DEFAULT_SETTINGS, type LifecycleSettings, type ResolvedSettings } from '../model/settings.ts';

const cache = new WeakMap<LifecycleSettings, ResolvedSettings>();

/** Settings with every default filled in: the same object each time, since facts are kept by it. */
export function resolveSettings(settings: LifecycleSettings | undefined): ResolvedSettings {
  if (settings === undefined) return DEFAULT_SETTINGS;
  let resolved = cache.get(settings);
  if (resolved === undefined) {
    resolved = { ...DEFAULT_SETTINGS, ...settings };
    cache.set(settings, resolved);
  }
  return resolved;
}
