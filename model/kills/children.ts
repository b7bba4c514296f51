import type { TSESTree } from '@typescript-eslint/utils';
import type { FileCode } from './file-code.ts';
import { joinSlots } from './join-slots.ts';
import { type ChildKind, isChild, spawnedBy } from './process-apis.ts';
import { rootOf, type Slot, type Slots } from './slots.ts';

/** A child process for sure, wherever the file keeps it. */
export interface Child {
  readonly kind: ChildKind;
  readonly slot: Slot;
  /** Every expression that means it, in the order of the text. */
  readonly mentions: readonly TSESTree.Node[];
  readonly spawns: readonly TSESTree.CallExpression[];
}

export interface Children {
  readonly slots: Slots;
  readonly children: readonly Child[];
}

export function readChildren(code: FileCode): Children {
  const slots = joinSlots(code);
  const roots = new Set(slots.all().map(rootOf));
  return { slots, children: Array.from(roots).flatMap((slot) => childIn(slot, code)) };
}

function childIn(slot: Slot, code: FileCode): Child[] {
  const { mentions, others, says, spawned } = slot;
  const kinds = new Set<ChildKind>(says.filter(isChild));
  if (says.some((said) => !isChild(said)) || (kinds.size === 0 && others.length > 0)) return [];
  for (const spawn of spawned) kinds.add(spawnedBy(spawn, code) ?? 'node');
  const [kind] = kinds;
  if (kind === undefined || kinds.size > 1) return [];
  return [{ kind, slot, mentions: [...mentions].sort((a, b) => a.range[0] - b.range[0]), spawns: spawned }];
}
