import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws where a published declaration needs a package that users may not have. */
export function checkTypes(dist: string): void {
  const declarations = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.d.ts'));
  for (const path of declarations) {
    const [found] = /["'](?:@typescript-eslint\/[^"']*|typescript)["']/.exec(readFileSync(join(dist, path), 'utf8')) ?? [];
    if (found !== undefined) throw new Error(`dist/${path} imports from ${found}: mark what needs it as @internal`);
  }
  console.log(`✓ ${String(declarations.length)} declarations without typescript-eslint`);
}
