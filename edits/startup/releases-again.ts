import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { Service } from '../../model/service.ts';
import { pathTo } from '../teardown/path-to.ts';
import { evaluateTest, type Known } from './evaluate-test.ts';
import { localsRound } from './locals-round.ts';
import type { Undo } from './undo-of.ts';

/** Can be done twice. */
const HARMLESS = /^(?:abort|clearImmediate|clearInterval|clearTimeout|off|removeAllListeners|removeEventListener|removeListener|unref)$/;

/** Whether stop, called after a start that was rolled back, would give a thing back a second time. */
export function releasesAgain(service: Service, { release }: Undo, known: Known): boolean {
  if (HARMLESS.test(calleeName(release) ?? '')) return false;
  return waysTo(service, release, 0).some((way) => !way.some((path) => isClosed(path, known)));
}

const MOST_CALLERS = 4;

/** The ways by which stop comes to a node, each as the paths through its functions; one that is not from stop counts too. */
function waysTo(service: Service, node: TSESTree.Node, depth: number): readonly (readonly (readonly TSESTree.Node[])[])[] {
  const path = pathTo(service.node, node);
  const member = path[2];
  const method = [...service.facts.methods.values()].find((one) => one.node === member);
  if (method === undefined || depth > MOST_CALLERS) return [[path]];
  if (service.stop.methods.includes(method)) return [[path]];
  const calls = callsOf(service, method.name);
  return calls.length === 0 ? [[path]] : calls.flatMap((call) => waysTo(service, call, depth + 1).map((way) => [...way, path]));
}

function callsOf({ facts, start }: Service, name: string): readonly TSESTree.Node[] {
  const calls: TSESTree.Node[] = [];
  for (const method of facts.methods.values()) {
    if (method.name === name || start.methods.includes(method)) continue;
    someBelow(method.value, (node) => {
      if (node.type === 'CallExpression' && thisMember(node.callee) === name) calls.push(node);
      return false;
    });
  }
  return calls;
}

/** Whether the end of a path is not come to with what is known. */
function isClosed(path: readonly TSESTree.Node[], known: Known): boolean {
  const locals = localsRound(path);
  return path.some((node, index) => {
    const child = path[index + 1];
    if (child === undefined) return someBelow(node, (part) => isEmptyChain(part, known, locals), isFunction);
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      const value = child === node.test ? undefined : evaluateTest(node.test, known, locals);
      return value !== undefined && value !== (child === node.consequent);
    }
    if (node.type === 'LogicalExpression' && node.operator === '&&') return child === node.right && evaluateTest(node.left, known, locals) === false;
    if (node.type !== 'BlockStatement') return false;
    const before = node.body.slice(0, node.body.findIndex((one) => one === child));
    return before.some((one) => one.type === 'IfStatement' && alwaysExits(one.consequent) !== 'none' && evaluateTest(one.test, known, locals) === true);
  });
}

/** `this.server?.close()`, where there is no server. */
function isEmptyChain(node: TSESTree.Node, known: Known, locals: ReturnType<typeof localsRound>): boolean {
  const object = node.type === 'MemberExpression' && node.optional ? node.object : node.type === 'CallExpression' && node.optional ? node.callee : undefined;
  return object !== undefined && evaluateTest(object, known, locals) === false;
}
