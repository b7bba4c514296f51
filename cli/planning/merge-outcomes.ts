import { mergeMissing } from './merge-missing.ts';
import type { FoundOutcome } from './plan-found.ts';
import type { MissingPackages, NewFile, Plan, PlannedFile } from './plan.ts';
import type { Problem } from '../problem.ts';

/** The plan that the outcomes for each file come to, in their order. */
export function mergeOutcomes(outcomes: readonly FoundOutcome[], filesRead: number): Plan {
  const files: PlannedFile[] = [];
  const newFiles = new Map<string, NewFile>();
  const missing: MissingPackages[] = [];
  const skipped: Problem[] = [];
  const problems: Problem[] = [];
  const stale: Problem[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind !== 'planned') {
      (outcome.kind === 'problem' ? problems : skipped).push(outcome.problem);
      continue;
    }
    stale.push(...outcome.stale);
    if (outcome.file.services.length > 0) files.push(outcome.file);
    for (const newFile of outcome.newFiles) newFiles.set(newFile.path, newFile);
    missing.push(outcome.missing);
  }
  return { filesRead, isJoint: false, files, newFiles: [...newFiles.values()], missing: mergeMissing(missing), skipped, problems, stale };
}
