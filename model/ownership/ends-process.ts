import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import { functionAt } from '../signals/function-at.ts';
import { isExit } from '../signals/is-exit.ts';
import type { SignalFile } from '../signals/signal-file.ts';

/** Callbacks of tests, and of commands (`program.action(…)`), whose failure nobody survives. */
const ENDED_WITH = /^(?:action|after|afterAll|afterEach|before|beforeAll|beforeEach|bench|describe|it|specify|suite|test)$/;

/**
 * Whether a failure in a function ends the process, or a test: it is called at the top of the module and nobody catches its error, or the
 * handler exits; or it is the callback of a test or of a command.
 */
export function endsProcess(fn: FunctionNode, file: SignalFile): boolean {
  const known = ending.get(file) ?? endingIn(file);
  ending.set(file, known);
  return known.has(fn);
}

const ending = new WeakMap<SignalFile, ReadonlySet<TSESTree.Node>>();

function endingIn(file: SignalFile): ReadonlySet<TSESTree.Node> {
  const found = new Set<TSESTree.Node>();
  visit(file.program, (node) => {
    if (node.type !== 'CallExpression') return undefined;
    const called = isAtTop(node, file) ? functionAt(node.callee, file) : undefined;
    if (called !== undefined && !isSurvived(node, file)) found.add(called);
    if (isEndedWith(node)) for (const argument of node.arguments) if (isFunction(argument) && argument !== called) found.add(argument);
    return undefined;
  });
  return found;
}

/** `it(…)`, `test.only(…)`, `t.test(…)`, `test.skipIf(…)(…)`. */
function isEndedWith(node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (ENDED_WITH.test(calleeName(node) ?? '')) return true;
  if (callee.type === 'CallExpression') return isEndedWith(callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  return object?.type === 'Identifier' && ENDED_WITH.test(object.name);
}

function isAtTop(node: TSESTree.Node, { parents }: SignalFile): boolean {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) if (isFunction(at)) return false;
  return true;
}

/** `main().catch(console.error)`: the process goes on, and what has been started keeps it alive. */
function isSurvived(node: TSESTree.CallExpression, { parents }: SignalFile): boolean {
  let inner: TSESTree.Node = node;
  for (let at = parents.get(node); at !== undefined; inner = at, at = parents.get(at)) {
    if (at.type === 'TryStatement' && at.handler !== null && at.block === inner) return !someBelow(at.handler, isExit);
    const handler = at.type === 'CallExpression' ? handlerOf(at) : undefined;
    if (handler !== undefined) return !someBelow(handler, (below) => isExit(below) || exits(below));
  }
  return false;
}

/** The function that a chain gives a failure to. */
function handlerOf(node: TSESTree.CallExpression): TSESTree.Node | undefined {
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  return name === 'catch' ? node.arguments[0] : name === 'then' ? node.arguments[1] : undefined;
}

/** `process.exit` itself, or a function named for it. */
function exits(node: TSESTree.Node): boolean {
  return node.type === 'Identifier' && /^(?:abort|bail|die|exit|fail|fatal|panic|quit|terminate)/i.test(node.name);
}
