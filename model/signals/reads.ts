import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../ast/children.ts';
import { contains } from '../ast/contains.ts';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { soleReturn } from '../ast/sole-return.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FunctionNode } from '../service.ts';
import type { Binding } from '../names/binding.ts';
import { bindingOf } from '../names/binding-of.ts';
import { isAccessor } from './is-accessor.ts';
import type { Reads } from './run.ts';
import type { SignalFile } from './signal-file.ts';

/** Methods that only look at what they are called on. */
export const LOOKS: ReadonlySet<string> = new Set(['at', 'entries', 'every', 'filter', 'get', 'has', 'includes', 'keys', 'map', 'slice', 'some', 'toReversed', 'toSorted', 'values']);
const GLOBAL_LOOKS: ReadonlySet<string> = new Set(['Array', 'Boolean', 'Number', 'Object', 'String']);

/**
 * The path of a variable or member: `closing@12`, `this.#state`, `state@3.closing`. Each variable of the file has its own.
 * `undefined` for what has none.
 */
export function pathOf(node: TSESTree.Node, file: SignalFile): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Identifier') {
    const binding = bindingOf(inner.name, inner, file.parents);
    return binding === undefined ? inner.name : `${inner.name}@${binding.node.range[0]}`;
  }
  if (inner.type !== 'MemberExpression') return undefined;
  const base = pathOf(inner.object, file);
  const name = memberName(inner);
  return base === undefined || name === undefined ? undefined : `${base}.${name}`;
}

/** What a condition reads. `frames` are the functions that run anew with each signal: their variables are not shared. */
export function readsOf(test: TSESTree.Node, frames: ReadonlySet<FunctionNode>, file: SignalFile): Reads {
  const paths: string[] = [];
  let isPlain = true;
  const read = (node: TSESTree.Node): void => {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier':
        readName(inner);
        break;
      case 'MemberExpression':
        readMember(inner);
        break;
      case 'CallExpression':
        readCall(inner);
        break;
      case 'BinaryExpression':
      case 'ConditionalExpression':
      case 'Literal':
      case 'LogicalExpression':
      case 'TemplateElement':
      case 'TemplateLiteral':
      case 'UnaryExpression':
        for (const child of childNodes(inner)) read(child);
        break;
      default:
        isPlain = false;
    }
  };
  const readName = (node: TSESTree.Identifier): void => {
    if (node.name === 'undefined') return;
    const binding = bindingOf(node.name, node, file.parents);
    const isOwn = binding !== undefined && [...frames].some((fn) => contains(fn, binding.node));
    if (binding !== undefined && isOfEach(binding, file)) isPlain = false;
    else if (!isOwn) paths.push(pathOf(node, file) ?? '');
    else if (binding.kind === 'const' && binding.init !== undefined) read(binding.init);
    else isPlain = false;
  };
  const readMember = (node: TSESTree.MemberExpression): void => {
    const path = pathOf(node, file);
    const [root = ''] = (path ?? '').split('.', 1);
    const start = rootOf(node);
    const binding = start.type === 'Identifier' ? bindingOf(start.name, start, file.parents) : undefined;
    // What another module exports may change without anything to be seen here.
    const isShared = start.type === 'ThisExpression' || root === 'process' || binding === undefined || (binding.kind !== 'import' && binding.kind !== 'catch');
    if (path === undefined || !isShared || isAccessor(node, file) || (binding !== undefined && isOfEach(binding, file))) isPlain = false;
    else if (binding !== undefined && [...frames].some((fn) => contains(fn, binding.node))) read(start);
    else paths.push(path);
  };
  const readCall = (call: TSESTree.CallExpression): void => {
    const callee = unwrap(call.callee);
    for (const argument of call.arguments) if (!isFunction(unwrap(argument))) read(argument);
    const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
    if (object.type === 'Identifier' && GLOBAL_LOOKS.has(object.name)) paths.push(...paths.map(below));
    else if (callee.type === 'MemberExpression' && LOOKS.has(memberName(callee) ?? '')) readMember(callee);
    else isPlain = false;
  };
  read(test);
  return { paths, isPlain };
}

/** Whether each registration has a value of its own: the variable of a loop over signals, the parameter of a function that makes handlers. */
function isOfEach({ kind, scope }: Binding, { parents }: SignalFile): boolean {
  if (scope.type === 'ForOfStatement' || scope.type === 'ForInStatement') return true;
  if (kind !== 'parameter' || !isFunction(scope)) return false;
  const made = soleReturn(scope);
  return parents.get(scope)?.type === 'CallExpression' || (made !== undefined && isFunction(unwrap(made)));
}

/** What stands for everything that a list or an object holds. */
export function below(path: string): string {
  return `${path}.()`;
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' ? rootOf(inner.object) : inner;
}
