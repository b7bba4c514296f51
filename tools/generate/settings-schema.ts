import { toJsonSchema } from '@valibot/to-json-schema';
import { settingsSchema } from '../../model/parse-settings.ts';

/** The settings as a JSON schema, for editors: what `"$schema"` in a `lifecycle.config.json` points to. */
export function settingsJsonSchema(): string {
  const { $schema, ...described } = toJsonSchema(settingsSchema, { target: 'draft-07' });
  const title = 'Settings of eslint-plugin-lifecycle and lifecycle-codemod';
  return `${JSON.stringify({ $schema, title, ...described }, undefined, 2)}\n`;
}
