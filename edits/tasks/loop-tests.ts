import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { childNodes } from '../../model/ast/children.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';

/** `for (let i = 0; i < count; i++)` */
export function isCounted(node: TSESTree.Node): boolean {
  return node.type === 'ForStatement' && node.test !== null && node.init !== null && node.update?.type === 'UpdateExpression';
}

/** The tests in a loop that leave it, or the function. */
export function testsIn(loop: TSESTree.Node): readonly TSESTree.IfStatement[] {
  const found: TSESTree.IfStatement[] = [];
  const read = (node: TSESTree.Node): void => {
    if (isFunction(node) || (node !== loop && /^(?:For|While|DoWhile|Switch)/.test(node.type))) return;
    if (node.type === 'IfStatement' && someBelow(node.consequent, ({ type }) => type === 'BreakStatement' || type === 'ReturnStatement', isFunction)) found.push(node);
    childNodes(node).forEach(read);
  };
  read(loop);
  return found;
}

export function childrenWith(loop: TSESTree.Node, name: string): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  someBelow(loop, (node) => {
    if (node.type === 'CallExpression' && calleeName(node) === name) found.push(node.callee);
    return false;
  }, isFunction);
  return found;
}
