import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { visit } from '../model/ast/visit.ts';

/** The object's own fields that the nodes assign, in the functions inside them only if told so. */
export function fieldsSet(nodes: readonly TSESTree.Node[], inside: 'functions too' | 'itself'): readonly string[] {
  const fields: string[] = [];
  for (const root of nodes) {
    visit(root, (node) => {
      const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
      const field = target === undefined ? undefined : thisMember(target);
      if (field !== undefined) fields.push(field);
      return isFunction(node) && inside === 'itself' ? 'skip' : undefined;
    });
  }
  return fields;
}

/** Whether what comes after reads a field that the body sets: within one function, that field may have a narrower type. */
export function readsFieldsSet(body: TSESTree.Node, after: readonly TSESTree.Statement[]): boolean {
  return fieldsSet([body], 'itself').some((field) => after.some((later) => someBelow(later, (inner) => thisMember(inner) === field)));
}
