import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../ast/contains.ts';
import { isFunction } from '../ast/is-function.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { bindingOf } from '../names/binding-of.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { ownerName } from './owner-name.ts';
import type { StartedHere } from './started-here.ts';
import { usesOf } from './started-local.ts';
import { awaitedStatement, isMemberUse, outside, stopOf } from './use-of-local.ts';

/** `let bus; try { bus = new Bus(); … } finally { if (bus) await bus.stop(); }`, and with `await bus?.stop()`. */
export function handStopsIn(file: SignalFile): readonly StartedHere[] {
  const found: StartedHere[] = [];
  visit(file.program, (node) => {
    if (node.type !== 'TryStatement' || node.finalizer === null) return undefined;
    for (const statement of node.finalizer.body) {
      const stop = askedStop(statement);
      const made = stop === undefined ? undefined : madeInside(stop.variable, node, file);
      if (stop === undefined || made === undefined || awaitedStatement(stop.call, file.parents) === undefined) continue;
      found.push(
        Object.freeze({ kind: 'by-hand', variable: made, node: stop.call, stop: stop.call, fails: undefined, runsOn: false, owner: ownerName(node, file) }),
      );
    }
    return undefined;
  });
  return found;
}

interface AskedStop {
  readonly variable: TSESTree.Identifier;
  readonly call: TSESTree.CallExpression;
}

/** A stop behind a test of the variable itself. */
export function askedStop(statement: TSESTree.Node): AskedStop | undefined {
  if (statement.type === 'IfStatement') {
    if (statement.alternate !== null) return undefined;
    const { consequent } = statement;
    const [only, ...more] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
    const stop = only === undefined || more.length > 0 ? undefined : stopIn(only);
    return stop !== undefined && asksFor(statement.test, stop.variable.name) ? stop : undefined;
  }
  const stop = stopIn(statement);
  return stop?.call.callee.type === 'MemberExpression' && stop.call.callee.optional ? stop : undefined;
}

function stopIn(statement: TSESTree.Node): AskedStop | undefined {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AwaitExpression') return undefined;
  const call = unwrap(statement.expression.argument);
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  const variable = callee?.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  return call.type === 'CallExpression' && variable?.type === 'Identifier' ? { variable, call } : undefined;
}

/** `bus`, `bus !== undefined`, `bus != null`. */
function asksFor(test: TSESTree.Node, name: string): boolean {
  const inner = unwrap(test);
  if (inner.type === 'BinaryExpression') return /^!==?$/.test(inner.operator) && asksFor(inner.left, name);
  return inner.type === 'Identifier' && inner.name === name;
}

/** The name of a `let` outside a try whose only value is made inside it, and which is handed to nobody. */
function madeInside(variable: TSESTree.Identifier, statement: TSESTree.TryStatement, file: SignalFile): string | undefined {
  const binding = bindingOf(variable.name, variable, file.parents);
  const declaration = binding?.node;
  if (binding?.kind !== 'let' || declaration?.type !== 'VariableDeclarator' || contains(statement, declaration)) return undefined;
  if (!isSameFunction(declaration, statement, file)) return undefined;
  const uses = usesOf(variable.name, declaration, file);
  const made = uses.filter((use) => {
    const parent = outside(use, file.parents);
    return parent?.type === 'AssignmentExpression' && parent.left === use;
  });
  const [only, ...more] = made;
  if (only === undefined || more.length > 0 || !contains(statement.block, only)) return undefined;
  const isOwn = uses.every((use) => use === only || isTest(use, file) || (isMemberUse(use, file.parents) && stopOf(use, file.parents) !== 'handed'));
  const stops = uses.filter((use) => stopOf(use, file.parents) !== undefined);
  return isOwn && stops.length === 1 ? variable.name : undefined;
}

function isTest(use: TSESTree.Identifier, { parents }: SignalFile): boolean {
  const parent = outside(use, parents);
  return parent?.type === 'IfStatement' || parent?.type === 'BinaryExpression' || parent?.type === 'UnaryExpression';
}

function isSameFunction(a: TSESTree.Node, b: TSESTree.Node, { parents }: SignalFile): boolean {
  const functionOf = (node: TSESTree.Node): TSESTree.Node | undefined => {
    for (let at = parents.get(node); at !== undefined; at = parents.get(at)) if (isFunction(at)) return at;
    return undefined;
  };
  return functionOf(a) === functionOf(b);
}
