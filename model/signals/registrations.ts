import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import { functionAt } from './function-at.ts';
import { isOfProcess } from './is-exit.ts';
import type { SignalRegistration } from './signal.ts';
import type { SignalFile } from './signal-file.ts';

const SIGNALS: ReadonlySet<string> = new Set(['SIGBREAK', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM']);
const METHODS: Readonly<Record<string, 'on' | 'once'>> = {
  addListener: 'on',
  on: 'on',
  once: 'once',
  prependListener: 'on',
  prependOnceListener: 'once',
};

/** Every place that runs a function of the file when a shutdown signal comes, in the order of the text. */
export function registrationsIn(file: SignalFile): readonly SignalRegistration[] {
  const found: SignalRegistration[] = [];
  visit(file.program, (node) => {
    const registration = node.type === 'CallExpression' ? read(node, file) : undefined;
    if (registration !== undefined) found.push(registration);
    return undefined;
  });
  return found.sort((a, b) => a.node.range[1] - b.node.range[1]);
}

function read(node: TSESTree.CallExpression, file: SignalFile): SignalRegistration | undefined {
  const [event, listener] = node.arguments;
  const method = Object.hasOwn(METHODS, methodOfProcess(node) ?? '') ? METHODS[methodOfProcess(node) ?? ''] : undefined;
  if (method === undefined || event === undefined || listener === undefined) return undefined;
  const signals = signalsOf(unwrap(event), file).filter((name) => SIGNALS.has(name));
  if (signals.length === 0) return undefined;
  const fn = functionAt(listener, file);
  if (fn !== undefined) return { node, signals, method, fn, isMade: false };
  const made = madeBy(unwrap(listener), file);
  return made && { node, signals, method, fn: made, isMade: true };
}

/** The handler that a function of the file does nothing but return. */
function madeBy(listener: TSESTree.Node, file: SignalFile): FunctionNode | undefined {
  const maker = listener.type === 'CallExpression' ? functionAt(listener.callee, file) : undefined;
  const made = maker === undefined || maker.async || maker.generator ? undefined : soleReturn(maker);
  const fn = made === undefined ? undefined : unwrap(made);
  return fn !== undefined && isFunction(fn) ? fn : undefined;
}

/** Also through a chain: `process.on('SIGINT', f).on('SIGTERM', f)`. */
function methodOfProcess(node: TSESTree.CallExpression): string | undefined {
  const direct = isOfProcess(node.callee);
  if (direct !== undefined) return direct;
  const callee = unwrap(node.callee);
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  if (callee.type !== 'MemberExpression' || object?.type !== 'CallExpression') return undefined;
  return Object.hasOwn(METHODS, methodOfProcess(object) ?? '') ? memberName(callee) : undefined;
}

/** The signals that the first argument stands for: a string, or the variable of a loop over an array of strings. */
function signalsOf(event: TSESTree.Node, file: SignalFile): readonly string[] {
  if (event.type === 'Literal') return typeof event.value === 'string' ? [event.value] : [];
  if (event.type !== 'Identifier') return [];
  const binding = bindingOf(event.name, event, file.parents);
  if (binding?.kind === 'const' && binding.init !== undefined) return signalsOf(unwrap(binding.init), file);
  const { scope } = binding ?? {};
  if (scope?.type === 'ForOfStatement') return stringsIn(scope.right, file);
  const call = scope !== undefined && isFunction(scope) && scope.params[0] === binding?.node ? file.parents.get(scope) : undefined;
  if (call?.type !== 'CallExpression') return [];
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && /^(?:forEach|map)$/.test(memberName(callee) ?? '') ? stringsIn(callee.object, file) : [];
}

function stringsIn(node: TSESTree.Node, file: SignalFile): readonly string[] {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const init = bindingOf(inner.name, inner, file.parents)?.init;
    return init === undefined ? [] : stringsIn(init, file);
  }
  if (inner.type !== 'ArrayExpression') return [];
  return inner.elements.flatMap((element) => (element?.type === 'Literal' && typeof element.value === 'string' ? [element.value] : []));
}
