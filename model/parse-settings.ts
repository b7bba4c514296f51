import * as v from 'valibot';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';

const names = (description: string) => v.optional(v.pipe(v.array(v.string()), v.description(description)));

/** What `settings.lifecycle`, `lifecycle.config.json` and `"lifecycle"` in a package.json take. Its descriptions are shown by editors. */
export const settingsSchema = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.description('Where editors find the description of these settings.'))),
  pairs: v.optional(
    v.pipe(
      v.array(v.strictTuple([v.string(), v.string()])),
      v.description('Names of start and stop methods beside the known ones: [["arm", "disarm"]]. Classes that have them are always checked.'),
    ),
  ),
  lockMethods: names('Methods of a lock of your own that run a callback under it: ["runLocked"].'),
  lockClasses: names('Classes whose instances are locks: ["Baton"].'),
  lockDecorators: v.optional(
    v.pipe(
      v.array(v.strictObject({ decorator: v.string(), lockProperty: v.string() })),
      v.description('Method decorators that hold one lock for each instance, and the property that holds the lock.'),
    ),
  ),
  timeouts: names('Functions that reject when their time is up, beside the known ones: ["withDeadline"].'),
  safeBases: names('Base classes in other files that keep start and stop of their subclasses apart: ["BaseService"].'),
  resources: v.optional(
    v.pipe(
      v.array(v.strictObject({ acquire: v.string(), release: v.array(v.string()) })),
      v.description('What one call acquires and another gives back, beside the known ones: [{ "acquire": "follow", "release": ["unfollow"] }].'),
    ),
  ),
  frameworks: v.optional(
    v.pipe(
      v.array(v.picklist(['libp2p', 'loopback', 'nest'])),
      v.description('Frameworks in use that start and stop the classes with their lifecycle interfaces, once and in order.'),
    ),
  ),
});

/** Settings that are not what they should be. The message is one line: which key, and what it takes. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const parsed = new WeakMap<object, ResolvedSettings>();

/** Fills in the defaults. Throws a SettingsError that names the first key which is unknown or has the wrong form. */
export function parseSettings(value: unknown): ResolvedSettings {
  if (value === undefined) return DEFAULT_SETTINGS;
  const known = typeof value === 'object' && value !== null ? parsed.get(value) : undefined;
  if (known !== undefined) return known;
  if (Array.isArray(value)) throw new SettingsError('lifecycle settings must be Object, not Array.');
  const result = v.safeParse(settingsSchema, value);
  if (!result.success) throw new SettingsError(messageOf(result.issues[0]));
  const { $schema, ...given } = result.output;
  const settings = Object.freeze({ ...DEFAULT_SETTINGS, ...given }) as ResolvedSettings;
  parsed.set(value as object, settings);
  return settings;
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
  const where = path === '' ? 'lifecycle settings' : `lifecycle setting "${path}"`;
  const known = Object.keys(settingsSchema.entries).filter((key) => key !== '$schema');
  if (issue.expected === 'never') return `${where} is unknown. Known settings: ${known.join(', ')}.`;
  return `${where} must be ${issue.expected ?? 'something else'}, not ${issue.received}.`;
}
