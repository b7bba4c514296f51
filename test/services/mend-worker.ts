import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { toSlashes } from '../../cli/files/to-slashes.ts';
import { applyChanges } from '../../codemods/apply-changes.ts';
import useAwaitUsing from '../../codemods/use-await-using.ts';
import { openProject } from '../../cli/project/open-project.ts';
import { lifecycleStackSource } from '../../edits/lifecycle-stack-source.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STACK = 'lifecycle-stack.ts';

export interface Circumstances {
  /** The oldest Node that has to run it. */
  readonly nodeMajor: number;
  /** Whether `add-async-dispose` has been run on the services. */
  readonly hasDispose: boolean;
  /** Whether tsc compiles it for that Node; else nothing is known of how it comes to run. */
  readonly isLowered?: boolean;
}

/** What `use-await-using` makes of the `before.ts` of workers, in a project of their own with these services: texts by the files of the fixtures. */
export function mendWorkers(workers: readonly string[], services: readonly string[], { nodeMajor, hasDispose, isLowered = false }: Circumstances): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'lifecycle-workers-'));
  try {
    const copies = new Map([...services, ...workers].map((name) => [copyOf(folder, name, hasDispose && services.includes(name)), fixtureOf(name)]));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions: { noEmit: !isLowered, target: 'es2022' }, include: ['*/before.ts'] }));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'workers', type: 'module', private: true, scripts: isLowered ? { build: 'tsc' } : {} }));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const texts = new Map([...copies].map(([copy, fixture]) => [fixture, readFileSync(copy, 'utf8')]));
    const files = workers.map((name) => join(folder, name, 'before.ts'));
    const stackFileFor = (source: string): string => toSlashes(join(dirname(source), STACK));
    for (const { file, outcome } of useAwaitUsing.planProject(openProject(files), files, { nodeMajor, stackFileFor })) {
      if (outcome.kind !== 'edit') throw new Error(`${file}: ${outcome.left[0].why}`);
      if (outcome.needs.length > 0) texts.set(join(dirname(copies.get(file) ?? file), STACK), lifecycleStackSource(STACK));
      for (const [changed, changes] of outcome.changes) texts.set(copies.get(changed) ?? changed, applyChanges(readFileSync(changed, 'utf8'), changes));
    }
    return texts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function fixtureOf(name: string): string {
  return join(ROOT, 'fixtures/services', name, 'before.ts');
}

function copyOf(folder: string, name: string, hasDispose: boolean): string {
  const copy = join(folder, name, 'before.ts');
  mkdirSync(join(folder, name));
  copyFileSync(hasDispose ? join(ROOT, 'fixtures/services', name, 'after.ts') : fixtureOf(name), copy);
  return copy;
}
