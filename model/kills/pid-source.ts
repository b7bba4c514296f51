import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { lastName } from '../ast/last-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { FunctionNode } from '../service.ts';
import { calledFunction, callsOf } from './called.ts';
import type { FileCode } from './file-code.ts';
import { importedAs } from './imported.ts';
import { isSeenFunction } from './is-seen-function.ts';
import type { Binding } from '../names/binding.ts';

const CONVERTS = /^(?:BigInt|Number|String|parse|parseFloat|parseInt)$/;
const PARTS = /^(?:at|match|pop|replace|replaceAll|shift|slice|split|substring|toString|trim|trimEnd|trimStart)$/;
export const FILES = /^(?:fs|fs\/promises|fs-extra|graceful-fs|jsonfile)$/;
const READS = /^read(?!dir|link)/;
const STORES = /^(?:db|database|disk|file|files|persistence|record|records|repository|state|storage|store)$/;
const MAX_DEPTH = 8;

/** The call that reads the file which a value comes from, through parsing, names and functions of the file; undefined where it may come from elsewhere too. */
export function readFrom(node: TSESTree.Node, code: FileCode, depth = 0): TSESTree.CallExpression | undefined {
  const inner = unwrap(node);
  const from = (next: TSESTree.Node): TSESTree.CallExpression | undefined => readFrom(next, code, depth + 1);
  if (depth > MAX_DEPTH) return undefined;
  switch (inner.type) {
    case 'AwaitExpression':
    case 'UnaryExpression':
      return from(inner.argument);
    case 'ConditionalExpression':
      return readFromAll([inner.consequent, inner.alternate], code, depth);
    case 'LogicalExpression':
      return inner.operator === '&&' ? from(inner.right) : readFromAll([inner.left, inner.right], code, depth);
    case 'MemberExpression':
      return unwrap(inner.object).type === 'ThisExpression' ? undefined : from(inner.object);
    case 'CallExpression':
      return readFromCall(inner, code, depth);
    case 'Identifier': {
      const binding = code.names.get(inner);
      return binding === undefined ? undefined : readFromBinding(binding, code, depth);
    }
    default:
      return undefined;
  }
}

function readFromAll(nodes: readonly TSESTree.Node[], code: FileCode, depth: number): TSESTree.CallExpression | undefined {
  const values = nodes.filter((node) => !isNoPid(node));
  const found = values.map((node) => readFrom(node, code, depth + 1));
  return found.every((each) => each !== undefined) ? found[0] : undefined;
}

/** What stands for no pid at all. */
function isNoPid(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name === 'undefined' || inner.name === 'NaN';
  return (inner.type === 'Literal' && typeof inner.value !== 'string') || inner.type === 'UnaryExpression' || (inner.type === 'ObjectExpression' && inner.properties.length === 0);
}

function readFromCall(call: TSESTree.CallExpression, code: FileCode, depth: number): TSESTree.CallExpression | undefined {
  const fn = calledFunction(call, code);
  if (fn !== undefined) return readFromAll(resultsOf(fn), code, depth);
  const name = calleeName(call) ?? '';
  const [first] = call.arguments;
  if (isFileCall(call, code)) return READS.test(name) && !readsKernelFile(call) ? call : undefined;
  if (loadsRecord(call, code)) return call;
  if (CONVERTS.test(name) || name === 'exec') return first === undefined ? undefined : readFrom(first, code, depth + 1);
  const callee = unwrap(call.callee);
  return PARTS.test(name) && callee.type === 'MemberExpression' ? readFrom(callee.object, code, depth + 1) : undefined;
}

/** `this.#records.load()`, `store.loadState()`: a store of what outlives processes, and none of the processes themselves. */
export function loadsRecord(call: TSESTree.CallExpression, code: FileCode): boolean {
  const callee = unwrap(call.callee);
  const store = callee.type === 'MemberExpression' ? lastName(callee.object) : undefined;
  return store !== undefined && STORES.test(wordsOf(store).at(-1) ?? '') && /^(?:load|read|restore)$/.test(wordsOf(calleeName(call) ?? '')[0] ?? '') && !isFileCall(call, code);
}

/** `fs.readFileSync(…)`, `fs.promises.readFile(…)`, `readFile(…)`. */
export function isFileCall({ callee }: TSESTree.CallExpression, code: FileCode): boolean {
  let root = unwrap(callee);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  const imported = importedAs(root, code);
  return imported !== undefined && FILES.test(imported.from);
}

/** What the kernel says of a process is always of the one that runs now. */
export function readsKernelFile(call: TSESTree.CallExpression): boolean {
  const [path] = call.arguments;
  if (!READS.test(calleeName(call) ?? '')) return false;
  if (path?.type === 'Literal') return String(path.value).startsWith('/proc');
  return path?.type === 'TemplateLiteral' && (path.quasis[0]?.value.raw.startsWith('/proc') ?? false);
}

function resultsOf(fn: FunctionNode): TSESTree.Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const results: TSESTree.Node[] = [];
  visit(fn.body, (node) => {
    if (node.type === 'ReturnStatement' && node.argument !== null) results.push(node.argument);
    return isFunction(node) ? 'skip' : undefined;
  });
  return results;
}

function readFromBinding(binding: Binding, code: FileCode, depth: number): TSESTree.CallExpression | undefined {
  const { id, kind, node, scope } = binding;
  const given = code.names.mentionsOf(binding).flatMap((mention) => {
    const parent = code.parents.get(mention);
    return parent?.type === 'AssignmentExpression' && parent.left === mention ? [parent.right] : [];
  });
  if (node.type === 'VariableDeclarator') {
    if (node.id.type === 'ArrayPattern') return undefined;
    return readFromAll([...(node.init === null ? [] : [node.init]), ...given], code, depth);
  }
  if (kind !== 'parameter' || !isFunction(scope) || given.length > 0 || !isSeenFunction(scope, code)) return undefined;
  const index = scope.params.indexOf(id);
  const values = callsOf(scope, code).map((call) => call.arguments[index]);
  return index < 0 || values.includes(undefined) ? undefined : readFromAll(values.filter((value) => value !== undefined), code, depth);
}
