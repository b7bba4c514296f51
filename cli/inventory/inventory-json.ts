import type { Inventory } from './read-inventory.ts';
import { markOf, type Preset, REQUIREMENTS } from './requirements.ts';

/** Where the published package holds the schema. */
export const REPORT_SCHEMA = 'https://unpkg.com/eslint-plugin-lifecycle/schemas/lifecycle-report.schema.json';

/** The inventory as one JSON document: of each service the marks under a preset, and its explanation. */
export function inventoryJson({ entries, filesRead, skipped, problems }: Inventory, preset: Preset): string {
  const document = {
    $schema: REPORT_SCHEMA,
    version: 1,
    preset,
    filesRead,
    requirements: REQUIREMENTS,
    services: entries.map(({ explanation }) => ({
      marks: Object.fromEntries(REQUIREMENTS.map((requirement) => [requirement.id, markOf(explanation, requirement, preset)])),
      explanation,
    })),
    skipped,
    problems,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
