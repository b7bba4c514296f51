import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../../model/ast/this-member.ts';
import { classOf, type Specimen, textOf } from './mutation.ts';

export const FLAG = /unrestartable|poisoned|timedOut|broken|stuck/i;

/** `this.unrestartable = true`, in the class of a node or everywhere. */
export function setsOfTheFlag(specimen: Specimen, inClassOf?: TSESTree.Node): readonly TSESTree.AssignmentExpression[] {
  const body = inClassOf === undefined ? undefined : classOf(inClassOf, specimen);
  return specimen.nodes.flatMap((node) => {
    if (node.type !== 'AssignmentExpression' || !FLAG.test(thisMember(node.left) ?? '') || textOf(specimen, node.right) !== 'true') return [];
    return inClassOf === undefined || classOf(node, specimen) === body ? [node] : [];
  });
}
