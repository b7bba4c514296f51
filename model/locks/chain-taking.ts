import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Lock } from '../service.ts';
import { isFreeCallback } from './after-lock.ts';
import { placeOf } from './lock-place.ts';
import type { LockScope } from './lock-scope.ts';
import type { Statements, Taking } from './taking.ts';
import { isWork, workOf } from './work-of.ts';

interface Chain {
  readonly field: string;
  readonly node: TSESTree.CallExpression;
  readonly work: TSESTree.Node;
}

const WINDOW = 4;

/**
 * `const run = this.tail.then(fn); this.tail = run.catch(noop); return run;` and its short forms. The naive
 * `return this.tail = this.tail.then(fn)`, which one failure poisons, serialises all the same.
 */
export function chainTaking(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  const first = statements[index];
  if (first === undefined) return undefined;
  const chain = chainIn(valueOf(first), scope);
  if (chain === undefined) return undefined;
  const window = statements.slice(index, index + WINDOW);
  const isPut = window.some((statement) =>
    someBelow(statement, (node) => node.type === 'AssignmentExpression' && thisMember(node.left) === chain.field, isFunction),
  );
  const end = window.findIndex((statement, at) => waitsForChain(statement, chain, first, at === 0));
  if (!isPut || end === -1) return undefined;
  const { lock } = tailLock(chain.field, chain.node, scope);
  return {
    lock,
    form: 'chain',
    node: chain.node,
    held: workOf(chain.work, scope).nodes,
    isSure: 'yes',
    gap: undefined,
    next: index + end + 1,
  };
}

/** The promise at the end of the line, as a lock. */
export function tailLock(field: string, node: TSESTree.Node, scope: LockScope): { readonly lock: Lock } {
  const declared = scope.facts.fields.get(field)?.node ?? scope.self.fields.get(field)?.node;
  return { lock: { key: field, scope: 'instance', from: undefined, node: declared ?? node } };
}

function valueOf(statement: TSESTree.Statement): TSESTree.Node | undefined {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.length === 1 ? (statement.declarations[0].init ?? undefined) : undefined;
  const expression =
    statement.type === 'ReturnStatement' ? statement.argument : statement.type === 'ExpressionStatement' ? statement.expression : null;
  let inner = expression === null ? undefined : unwrap(expression);
  if (inner?.type === 'AwaitExpression') inner = unwrap(inner.argument);
  return inner?.type === 'AssignmentExpression' && thisMember(inner.left) !== undefined ? inner.right : inner;
}

/** `this.tail.then(fn)`, also behind `.catch(noop)`, an alias or `?? Promise.resolve()`, and before `.catch(log)`. */
function chainIn(node: TSESTree.Node | undefined, scope: LockScope): Chain | undefined {
  const calls: TSESTree.CallExpression[] = [];
  let inner = node === undefined ? undefined : unwrap(node);
  while (inner?.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || name === undefined || !['then', 'catch', 'finally'].includes(name)) return undefined;
    calls.unshift(inner);
    inner = unwrap(callee.object);
    if (inner.type === 'LogicalExpression') inner = unwrap(inner.left);
  }
  const [start] = calls;
  const place = inner === undefined || start === undefined ? undefined : placeOf(inner, scope);
  const [field] = place?.path ?? [];
  if (start === undefined || field === undefined || place?.root !== 'this' || place.path.length !== 1) return undefined;
  // A callback that does nothing only keeps a failure from going down the line.
  const work = calls
    .flatMap((call) => call.arguments)
    .find((argument) => isWork(argument, scope) && !(isFunction(unwrap(argument)) && isFreeCallback(argument)));
  return work === undefined ? undefined : { field, node: start, work };
}

/** `return run`, `await run`, `return this.tail`, or a first statement that itself returns or awaits the chain. */
function waitsForChain(statement: TSESTree.Statement, { field }: Chain, first: TSESTree.Statement, isFirst: boolean): boolean {
  const expression =
    statement.type === 'ReturnStatement' ? statement.argument : statement.type === 'ExpressionStatement' ? statement.expression : null;
  if (expression === null)
    return isFirst && statement.type === 'VariableDeclaration' && statement.declarations[0].init?.type === 'AwaitExpression';
  const inner = unwrap(expression);
  if (inner.type !== 'AwaitExpression' && statement.type !== 'ReturnStatement') return false;
  if (isFirst) return true;
  const waited = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
  if (thisMember(waited) === field) return true;
  const names = first.type === 'VariableDeclaration' ? first.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : '')) : [];
  return waited.type === 'Identifier' && names.includes(waited.name);
}
