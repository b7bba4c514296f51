import { calleeName } from '../ast/callee-name.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isDrop } from '../flow/releases.ts';
import type { Step, WriteStep } from '../flow/step.ts';
import type { Transition } from '../service.ts';
import { endedBy } from './ended-by.ts';
import type { Stakes } from './stakes.ts';

/** What a step of an entry does to the state that start and stop are about. */
export interface Act {
  readonly step: Step;
  readonly what: Transition['what'];
  readonly field: string;
}

export function actsIn(steps: readonly Step[], { flags, handles }: Stakes): readonly Act[] {
  return steps.flatMap((step): Act[] => {
    if (step.kind === 'write' && !step.deep) {
      const { field, value } = step;
      if (handles.has(field) && value.kind === 'fresh') return isData(step) ? [] : [{ step, what: 'spawn', field }];
      if (handles.has(field) && isDrop(step)) return [{ step, what: 'release', field }];
      return flags.has(field) && value.kind === 'constant' ? [{ step, what: 'flag', field }] : [];
    }
    const field = step.kind === 'call' && !step.viaLocal ? endedBy(step) : undefined;
    return field !== undefined && handles.has(field) ? [{ step, what: 'release', field }] : [];
  });
}

/** `this.apps = this.apps.filter(…)`, `this.clients = new Map()`: nothing new that runs. */
function isData({ node, field }: WriteStep): boolean {
  const right = node.type === 'AssignmentExpression' ? unwrap(node.right) : node;
  const value = right.type === 'AwaitExpression' ? unwrap(right.argument) : right;
  if (value.type === 'NewExpression') return CONTAINERS.has(calleeName(value) ?? '');
  return value.type === 'CallExpression' && thisRoot(value.callee) === field;
}

const CONTAINERS = new Set(['Array', 'Map', 'Set', 'WeakMap', 'WeakSet']);
