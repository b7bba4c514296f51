import type { Explanation } from './explanation.ts';

/** Where the published package holds the schema. */
export const EXPLAIN_SCHEMA = 'https://unpkg.com/eslint-plugin-lifecycle/schemas/lifecycle-explain.schema.json';

/** The document that `explain --format json` prints. */
export function explanationJson(services: readonly Explanation[]): string {
  return `${JSON.stringify({ $schema: EXPLAIN_SCHEMA, version: 1, services }, undefined, 2)}\n`;
}
