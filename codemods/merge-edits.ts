import type { Change, Edit } from '../edits/outcome.ts';
import type { Service } from '../model/service.ts';
import { sortChanges } from './apply-changes.ts';

/**
 * The changes of one codemod's edits to the services of a file, the import that two services need only once. Undefined where
 * they overlap, or where one service stands inside another: those have to be made one after the other.
 */
export function mergeEdits(edits: readonly { readonly service: Service; readonly edit: Edit }[]): readonly Change[] | undefined {
  const services = [...new Set(edits.map(({ service }) => service))];
  if (services.some((outer) => services.some((inner) => outer !== inner && isInside(inner, outer)))) return undefined;
  const changes: Change[] = [];
  const shared = new Set<string>();
  for (const { service, edit } of edits) {
    for (const change of edit.changes) {
      const isOutside = change.end <= service.node.range[0] || change.start >= service.node.range[1];
      const key = JSON.stringify(change);
      if (isOutside && shared.has(key)) continue;
      if (isOutside) shared.add(key);
      changes.push(change);
    }
  }
  const sorted = sortChanges(changes);
  return sorted.some(({ start }, index) => start < (sorted[index - 1]?.end ?? 0)) ? undefined : sorted;
}

function isInside(inner: Service, outer: Service): boolean {
  return outer.node.range[0] <= inner.node.range[0] && inner.node.range[1] <= outer.node.range[1];
}
