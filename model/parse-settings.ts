import * as v from 'valibot';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';

const names = v.array(v.string());

const schema = v.strictObject({
  pairs: v.optional(v.array(v.tuple([v.string(), v.string()]))),
  lockMethods: v.optional(names),
  lockClasses: v.optional(names),
  lockDecorators: v.optional(v.array(v.strictObject({ decorator: v.string(), lockProperty: v.string() }))),
  timeouts: v.optional(names),
  safeBases: v.optional(names),
  resources: v.optional(v.array(v.strictObject({ acquire: v.string(), release: names }))),
  frameworks: v.optional(v.array(v.picklist(['libp2p', 'loopback', 'nest']))),
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
  const result = v.safeParse(schema, value);
  if (!result.success) throw new SettingsError(messageOf(result.issues[0]));
  const settings = Object.freeze({ ...DEFAULT_SETTINGS, ...result.output }) as ResolvedSettings;
  parsed.set(value as object, settings);
  return settings;
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
  const where = path === '' ? 'lifecycle settings' : `lifecycle setting "${path}"`;
  if (issue.expected === 'never') return `${where} is unknown. Known settings: ${Object.keys(schema.entries).join(', ')}.`;
  return `${where} must be ${issue.expected ?? 'something else'}, not ${issue.received}.`;
}
