import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import plugin from '../../rules/plugin.ts';
import { lint } from '../real-code/lint.ts';
import { fetchPackages } from '../real-code/packages.ts';

/** How often each rule of `recommended` reports something in the published packages. */
export function countOnPackages(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { folder, files } of fetchPackages()) {
    for (const path of files.map((file) => join(folder, file))) {
      for (const { rule } of lint({ path, text: readFileSync(path, 'utf8') }, plugin.configs.recommended)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  return counts;
}
