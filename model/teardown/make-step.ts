import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { visit } from '../ast/visit.ts';
import type { BareStep, Piece } from './piece.ts';
import type { Reading } from './reading.ts';
import { stepName } from './step-name.ts';

type Told = Pick<BareStep, 'failure' | 'isAwaited' | 'kind'> & Partial<Pick<BareStep, 'name' | 'writes'>>;

export function makeStep(call: TSESTree.Node, { locals, method, statement, via }: Reading, told: Told): Extract<Piece, { kind: 'step' }> {
  return { kind: 'step', step: { node: statement, call, name: stepName(call, locals), method, via, uses: usedIn(call, locals), ...told } };
}

/** The locals that a call uses, and those that they were made of. */
function usedIn(call: TSESTree.Node, locals: Reading['locals']): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: TSESTree.Node): void => {
    visit(node, (below) => {
      if (below.type !== 'Identifier' || names.has(below.name)) return undefined;
      names.add(below.name);
      const value = locals.get(below.name);
      if (value !== undefined && !isFunction(value)) collect(value);
      return undefined;
    });
  };
  collect(call);
  return names;
}
