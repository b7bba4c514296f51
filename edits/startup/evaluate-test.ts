import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../../model/ast/constant-key.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Local } from './locals-round.ts';

/** Fields of which the value is known, as `constantKey` writes it. */
export type Known = ReadonlyMap<string, string>;

/** What a test comes to where some fields are known; undefined where it cannot be told. */
export function evaluateTest(test: TSESTree.Node, known: Known, locals: ReadonlyMap<string, Local>): boolean | undefined {
  const node = unwrap(test);
  switch (node.type) {
    case 'UnaryExpression': {
      const value = node.operator === '!' ? evaluateTest(node.argument, known, locals) : undefined;
      return value === undefined ? undefined : !value;
    }
    case 'LogicalExpression': {
      const sides = [evaluateTest(node.left, known, locals), evaluateTest(node.right, known, locals)];
      if (node.operator === '??') return undefined;
      const decisive = node.operator === '||';
      return sides.includes(decisive) ? decisive : sides.includes(undefined) ? undefined : !decisive;
    }
    case 'BinaryExpression':
      return compare(node, known, locals);
    default: {
      const value = valueOf(node, known, locals);
      return value === undefined ? undefined : !/^(?:false|null|undefined|0|"")$/.test(value);
    }
  }
}

function compare({ left, operator, right }: TSESTree.BinaryExpression, known: Known, locals: ReadonlyMap<string, Local>): boolean | undefined {
  const one = constantKey(left) ?? valueOf(unwrap(left), known, locals);
  const other = constantKey(right) ?? valueOf(unwrap(right), known, locals);
  if (one === undefined || other === undefined || !/^[!=]==?$/.test(operator)) return undefined;
  const isEmpty = (value: string): boolean => value === 'null' || value === 'undefined';
  const isLoose = operator.length === 2;
  // Of two names nobody knows whether they stand for the same.
  if (one !== other && (/^[A-Z]/.test(one) || /^[A-Z]/.test(other)) && !isEmpty(one) && !isEmpty(other) && !(one.includes('.') && other.includes('.'))) return undefined;
  const isSame = one === other || (isLoose && isEmpty(one) && isEmpty(other));
  return operator.startsWith('!') ? !isSame : isSame;
}

function valueOf(node: TSESTree.Node, known: Known, locals: ReadonlyMap<string, Local>): string | undefined {
  const own = thisMember(node);
  const local = node.type === 'Identifier' ? locals.get(node.name) : undefined;
  const field = own ?? (local === undefined || local === 'own' ? undefined : local.field);
  return field === undefined ? undefined : known.get(field);
}
