import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../model/ast/children.ts';
import { isFunction } from '../model/ast/is-function.ts';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';

const SETTLED = new Set([
  'AwaitExpression',
  'Literal',
  'TemplateLiteral',
  'ThisExpression',
  'ArrayExpression',
  'UnaryExpression',
  'BinaryExpression',
]);

/** `return e` becomes `return await e`, so that a lock given back at the end of the block is held until `e` settles. */
export function awaitReturns(source: Source, body: TSESTree.Node): Change[] {
  const changes: Change[] = [];
  const enter = (node: TSESTree.Node, isTried: boolean): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement' && node.argument !== null && !SETTLED.has(node.argument.type)) {
      changes.push(...((isTried ? undefined : throwRejected(node)) ?? awaitExpression(source, node, node.argument)));
    }
    for (const child of childNodes(node)) enter(child, isTried || node.type === 'TryStatement');
  };
  enter(body, false);
  return changes;
}

/** `return Promise.reject(error)`, which an async function throws. */
function throwRejected({ argument, range: [start] }: TSESTree.ReturnStatement): Change[] | undefined {
  if (argument?.type !== 'CallExpression' || argument.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = argument.callee;
  const [error, ...more] = argument.arguments;
  const isReject = object.type === 'Identifier' && object.name === 'Promise' && property.type === 'Identifier' && property.name === 'reject';
  if (!isReject || error === undefined || error.type === 'SpreadElement' || more.length > 0) return undefined;
  return [
    { start, end: error.range[0], text: 'throw ' },
    { start: error.range[1], end: argument.range[1], text: '' },
  ];
}

/** An expression that binds less tightly than `await` is put in parentheses, unless it stands in some. */
function awaitExpression({ text }: Source, statement: TSESTree.ReturnStatement, argument: TSESTree.Expression): Change[] {
  const start = statement.range[0] + 'return'.length;
  const isParenthesised = /^\s*\(/.test(text.slice(start, argument.range[0]));
  if (isParenthesised) {
    const open = text.indexOf('(', start);
    return [{ start: open, end: open, text: 'await ' }];
  }
  const from = argument.range[0];
  const isTight = ['CallExpression', 'ChainExpression', 'Identifier', 'MemberExpression', 'NewExpression', 'TSNonNullExpression'].includes(
    argument.type,
  );
  if (isTight) return [{ start: from, end: from, text: 'await ' }];
  return [
    { start: from, end: from, text: 'await (' },
    { start: argument.range[1], end: argument.range[1], text: ')' },
  ];
}
