import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../model/ast/contains.ts';
import { isFunction } from '../model/ast/is-function.ts';
import { someBelow } from '../model/ast/some-below.ts';
import type { Hold } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { LockUse } from './lock-use.ts';

/** A lock that a method of the class takes, as text to take it in the same way in another method. Undefined where that cannot be told. */
export function reuseLock(source: Source, hold: Hold): LockUse | undefined {
  switch (hold.form) {
    case 'callback':
      return callbackUse(source, hold);
    case 'acquire':
      return acquireUse(source, hold);
    case 'using':
      return guardUse(source, hold);
    case 'chain':
      return undefined;
  }
}

function callbackUse({ text }: Source, { node }: Hold): LockUse | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callbacks = node.arguments.flatMap((argument) => (isFunction(argument) ? [argument] : []));
  const [callback] = callbacks;
  if (callback === undefined || callbacks.length > 1 || callback.params.length > 0) return undefined;
  const others = [node.callee, ...node.arguments.filter((argument) => argument !== callback)];
  if (others.some(namesLocal)) return undefined;
  return { form: 'callback', open: text.slice(node.range[0], callback.range[0]), close: text.slice(callback.range[1], node.range[1]) };
}

/** Whether an expression reads a name which may not exist in another method. */
function namesLocal(node: TSESTree.Node): boolean {
  return someBelow(node, (inner) => inner.type === 'Identifier' && !/^[A-Z][A-Z\d_]*$/.test(inner.name) && !isProperty(node, inner));
}

function isProperty(root: TSESTree.Node, identifier: TSESTree.Identifier): boolean {
  return someBelow(root, (node) => {
    if (node.type === 'MemberExpression') return node.property === identifier && !node.computed;
    return node.type === 'Property' && node.key === identifier && !node.computed && !node.shorthand;
  });
}

/** `const release = await lock.acquire();` before `try { … } finally { release(); }` */
function acquireUse({ text }: Source, { node, method }: Hold): LockUse | undefined {
  const { body } = method.value;
  if (body.type !== 'BlockStatement') return undefined;
  const index = body.body.findIndex((statement) => contains(statement, node));
  const statement = body.body[index];
  const next = body.body[index + 1];
  const [release, ...more] = next?.type === 'TryStatement' ? (next.finalizer?.body ?? []) : [];
  if (statement === undefined || release === undefined || more.length > 0) return undefined;
  return { form: 'acquire', acquire: bare(text, statement), release: bare(text, release) };
}

function guardUse({ text }: Source, { node, method }: Hold): LockUse | undefined {
  const { body } = method.value;
  const statement = body.type === 'BlockStatement' ? body.body.find((one) => contains(one, node)) : undefined;
  return statement === undefined ? undefined : { form: 'guard', guard: bare(text, statement) };
}

function bare(text: string, statement: TSESTree.Node): string {
  return text.slice(...statement.range).replace(/;$/, '');
}
