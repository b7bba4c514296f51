import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { isLogging } from '../ast/is-logging.ts';

const PURE_OBJECTS = new Set(['Array', 'Date', 'JSON', 'Math', 'Number', 'Object', 'String', 'performance']);
const PURE_FUNCTIONS = new Set(['Boolean', 'Number', 'String', 'Symbol', 'parseInt', 'parseFloat']);
const PURE_CLASSES = /^(?:AbortController|Date|Map|Set|URL|WeakMap|\w*Error)$/;

/** Whether an expression only computes: no await, no write, no call but of well-known functions. */
export function isPure(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AssignmentExpression':
    case 'AwaitExpression':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
    case 'UpdateExpression':
    case 'YieldExpression':
      return false;
    case 'UnaryExpression':
      return inner.operator !== 'delete' && isPure(inner.argument);
    case 'CallExpression':
      return isPureCall(inner) && inner.arguments.every(isPure);
    case 'NewExpression':
      return isPureNew(inner);
    default:
      return isFunction(inner) || childNodes(inner).every(isPure);
  }
}

function isPureCall(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return PURE_FUNCTIONS.has(callee.name);
  if (callee.type !== 'MemberExpression') return false;
  const root = unwrap(callee.object);
  const name = memberName(callee);
  if (name === 'withResolvers' || name === 'hrtime' || name === 'child') return name !== 'child' || isLogging(call);
  return root.type === 'Identifier' && PURE_OBJECTS.has(root.name) && name !== 'assign' && name !== 'defineProperty';
}

/** A promise is pure to make where its executor only hands out `resolve`. */
function isPureNew(node: TSESTree.NewExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'Identifier') return false;
  if (callee.name === 'Promise') {
    const [executor] = node.arguments;
    if (executor === undefined || !isFunction(executor)) return false;
    const parts =
      executor.body.type === 'BlockStatement'
        ? executor.body.body.map((statement) => (statement.type === 'ExpressionStatement' ? statement.expression : statement))
        : [executor.body];
    return parts.every((part) => part.type === 'AssignmentExpression' && part.left.type === 'Identifier' && isPure(part.right));
  }
  return PURE_CLASSES.test(callee.name) && node.arguments.every(isPure);
}
