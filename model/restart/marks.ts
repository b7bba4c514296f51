import { isSame, type Vals } from './state.ts';
import type { Run } from './run-method.ts';
import type { Life } from './verdict.ts';
import type { TSESTree } from '@typescript-eslint/utils';

/** What a stop that timed out leaves in a field for start to see, and a stop that went well does not. */
export interface Mark {
  readonly field: string;
  readonly node: TSESTree.Node;
  readonly vals: Vals;
}

export function marksIn(runs: readonly Run[], { stopped, world }: Pick<Life, 'stopped' | 'world'>): readonly Mark[] {
  return runs.flatMap(({ writes }) =>
    writes.filter(({ field, vals, raised }) => {
      const usual = stopped?.get(field) ?? world.initial(field);
      return raised && vals.every(isMark) && !vals.some((val) => usual.some((other) => isSame(val, other)));
    }),
  );
}

function isMark(val: Vals[number]): boolean {
  return val.kind === 'caught' || val.kind === 'object' || (val.kind === 'constant' && val.truthy);
}
