import { expect, test } from 'vitest';
import { isFunction } from '../../model/ast/is-function.ts';
import { visit } from '../../model/ast/visit.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import { callbackUse } from '../../model/ledger/callback-use.ts';
import { readCode } from '../../model/ledger/code.ts';
import { classesOf } from '../../model/read-classes.ts';
import { parse } from './parse.ts';

test('of many functions under one name, each is looked up a few times, not once for each way from one to another', () => {
  const count = 12;
  const [facts] = classesOf(parse(`class Feed { async start() { ${'var work = function () { work(); };\n'.repeat(count)} } async stop() {} }`, 'a.js').program);
  if (facts === undefined) throw new Error('no class');
  const read = readCode(facts);
  let looked = 0;
  const names = new Map(read.names);
  names.get = (name) => {
    looked++;
    return read.names.get(name);
  };
  const code = { ...read, names };
  const functions: TSESTree.Node[] = [];
  visit(facts.node, (node) => {
    if (isFunction(node) && node.type === 'FunctionExpression' && code.parents.get(node)?.type === 'VariableDeclarator') functions.push(node);
    return undefined;
  });
  expect(functions.map((fn) => callbackUse(fn, code))).toEqual(Array.from({ length: count }, () => 'inline'));
  // Four depths, and each declaration is a use of the name for all the others.
  expect(looked).toBeLessThanOrEqual(4 * 2 * count);
});
