import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../../model/ast/callee-text.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { ClassFacts, ConstructorStart } from '../../model/service.ts';

/**
 * One thing that the constructor begins, as it stands in the class: `call`, the start of the class itself (`this.start()`), which callers can
 * make as well; `statement`, any other statement of the constructor; `field`, the value that a field begins with.
 */
export type StartUnit =
  | { readonly kind: 'call'; readonly node: TSESTree.ExpressionStatement; readonly method: string }
  | { readonly kind: 'field'; readonly node: TSESTree.PropertyDefinition; readonly value: TSESTree.Expression; readonly field: string }
  | { readonly kind: 'statement'; readonly node: TSESTree.ExpressionStatement; readonly value: TSESTree.Expression; readonly field: string | undefined };

export interface Obstacle {
  readonly node: TSESTree.Node;
  readonly why: string;
}

/** The unit that a start belongs to, or why it cannot be taken out as a whole. `starts`: the names of the start side. */
export function startUnit(start: ConstructorStart, facts: ClassFacts, starts: ReadonlySet<string>): StartUnit | Obstacle {
  const { node, text } = start;
  const member = facts.node.body.body.find((one) => contains(one, node));
  if (member?.type === 'StaticBlock') return { node, why: `${text} runs when the module is loaded, for no instance` };
  if (member?.type === 'PropertyDefinition') return fieldUnit(start, member, starts);
  const statement = facts.constructorNode?.value.body?.body.find((one) => contains(one, node));
  if (statement?.type !== 'ExpressionStatement') return { node, why: `${text} is only a part of a statement of the constructor` };
  return statementUnit(start, statement, starts);
}

function fieldUnit({ node, text }: ConstructorStart, member: TSESTree.PropertyDefinition, starts: ReadonlySet<string>): StartUnit | Obstacle {
  const field = keyName(member);
  if (member.value === null || field === undefined || member.computed || member.static || member.declare) return { node, why: `${text} stands in a field that cannot be set later` };
  if (member.decorators.length > 0) return { node, why: `${field} is decorated, and what that does with its value cannot be told` };
  const why = obstacleIn(member.value, node, text, starts);
  return why ?? { kind: 'field', node: member, value: member.value, field };
}

function statementUnit({ node, text }: ConstructorStart, statement: TSESTree.ExpressionStatement, starts: ReadonlySet<string>): StartUnit | Obstacle {
  const expression = unwrap(statement.expression);
  const bare = expression.type === 'UnaryExpression' && expression.operator === 'void' ? unwrap(expression.argument) : expression;
  const method = bare.type === 'CallExpression' && !bare.optional ? thisMember(bare.callee) : undefined;
  if (bare.type === 'CallExpression' && method !== undefined && starts.has(method)) {
    return bare.arguments.length === 0 ? { kind: 'call', node: statement, method } : { node, why: `${text} is given an argument, which its callers do not have` };
  }
  if (expression.type === 'AssignmentExpression') {
    const field = thisMember(expression.left);
    if (field === undefined || expression.operator !== '=') return { node, why: `${text} is not simply kept in a field` };
    return obstacleIn(expression.right, node, text, starts) ?? { kind: 'statement', node: statement, value: expression.right, field };
  }
  return obstacleIn(statement.expression, node, text, starts) ?? { kind: 'statement', node: statement, value: statement.expression, field: undefined };
}

function obstacleIn(value: TSESTree.Expression, node: TSESTree.Node, text: string, starts: ReadonlySet<string>): Obstacle | undefined {
  const own = findStart(value, starts);
  if (own !== undefined) return { node: own, why: wordFor(own, value, starts) };
  return isUnconditional(value, node) ? undefined : { node, why: `${text} is only a part of a larger expression` };
}

function findStart(value: TSESTree.Node, starts: ReadonlySet<string>): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  someBelow(value, (node) => {
    if (node.type === 'MemberExpression' && starts.has(thisMember(node) ?? '')) found ??= node;
    return found !== undefined;
  });
  return found;
}

/** `this.start().catch(h)`, and a promise of start that somebody keeps. */
function wordFor(own: TSESTree.Node, value: TSESTree.Expression, starts: ReadonlySet<string>): string {
  const name = thisMember(own) ?? '';
  const inner = unwrap(value);
  const bare = inner.type === 'UnaryExpression' ? unwrap(inner.argument) : inner;
  if (bare.type === 'CallExpression' && starts.has(thisMember(bare.callee) ?? '')) return `it keeps the promise of ${name}(), which others may wait for`;
  if (bare.type === 'CallExpression' && /\.(?:catch|finally|then)\(/.test(calleeText(bare)))
    return `${calleeText(bare)} sees here to how ${name}() ends, and every caller would have to: decide who handles its failure, and start it there`;
  return `${name}() is called from inside an expression`;
}

/** Whether the start is made wherever the expression is evaluated, and not in a callback or a branch of it. */
function isUnconditional(value: TSESTree.Node, node: TSESTree.Node): boolean {
  const isBranch = (at: TSESTree.Node): boolean => at.type === 'ConditionalExpression' || at.type === 'LogicalExpression' || isFunction(at);
  // A function that is called on the spot is the start itself.
  return value === node || !someBelow(value, (at) => at !== node && isBranch(at) && contains(at, node) && !contains(node, at));
}
