import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { childNodes } from '../ast/children.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FunctionNode } from '../service.ts';
import { lastName } from '../ast/last-name.ts';

/** What is said of the names in a function, and of the timers that it sets; all read in one walk. */
export interface FunctionNotes {
  /** What a local is given, where it is declared and afterwards. */
  readonly assigned: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** What is pushed into a local array. */
  readonly pushed: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** The names that `clearTimeout` gets, and those on which `unref` is called. */
  readonly cleared: ReadonlySet<string>;
  readonly unrefed: ReadonlySet<string>;
  /** Timers, other than those of a promise, that do something when the time is up: kill, close, abort, exit. */
  readonly forces: readonly TSESTree.CallExpression[];
  readonly branches: readonly (TSESTree.IfStatement | TSESTree.SwitchStatement)[];
  /** How often a name is written. */
  readonly mentions: ReadonlyMap<string, number>;
}

const cache = new WeakMap<FunctionNode, FunctionNotes>();

export function notesOf(fn: FunctionNode): FunctionNotes {
  const known = cache.get(fn);
  if (known !== undefined) return known;
  const notes = {
    assigned: new Map<string, TSESTree.Node[]>(),
    pushed: new Map<string, TSESTree.Node[]>(),
    cleared: new Set<string>(),
    unrefed: new Set<string>(),
    forces: [] as TSESTree.CallExpression[],
    branches: [] as (TSESTree.IfStatement | TSESTree.SwitchStatement)[],
    mentions: new Map<string, number>(),
  };
  const enter = (node: TSESTree.Node, inPromise: boolean): void => {
    switch (node.type) {
      case 'Identifier':
        notes.mentions.set(node.name, (notes.mentions.get(node.name) ?? 0) + 1);
        break;
      case 'IfStatement':
      case 'SwitchStatement':
        notes.branches.push(node);
        break;
      case 'VariableDeclarator':
        if (node.init !== null) add(notes.assigned, localName(node.id), node.init);
        break;
      case 'AssignmentExpression':
        add(notes.assigned, localName(node.left), node.right);
        break;
      case 'CallExpression':
        readCall(node, inPromise);
        break;
      default:
    }
    const executes = node.type === 'NewExpression' && calleeName(node) === 'Promise';
    for (const child of childNodes(node)) enter(child, inPromise || executes);
  };
  const readCall = (call: TSESTree.CallExpression, inPromise: boolean): void => {
    const name = calleeName(call);
    const callee = unwrap(call.callee);
    const [first] = call.arguments;
    if (name === 'clearTimeout' && first !== undefined) notes.cleared.add(lastName(first) ?? '');
    else if (name === 'setTimeout' && !inPromise && first !== undefined && forcesEnd(first)) notes.forces.push(call);
    else if (callee.type === 'MemberExpression' && name === 'unref') notes.unrefed.add(lastName(callee.object) ?? '');
    else if (callee.type === 'MemberExpression' && name === 'push') {
      for (const argument of call.arguments) add(notes.pushed, localName(callee.object), argument);
    }
  };
  enter(fn.body, false);
  cache.set(fn, notes);
  return notes;
}

function add(to: Map<string, TSESTree.Node[]>, name: string | undefined, node: TSESTree.Node): void {
  if (name === undefined) return;
  const known = to.get(name);
  if (known === undefined) to.set(name, [node]);
  else known.push(node);
}

function localName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  return inner.type === 'Identifier' ? inner.name : undefined;
}

/** A timer callback that does more than to log. */
function forcesEnd(callback: TSESTree.Node): boolean {
  const fn = unwrap(callback);
  if (!isFunction(fn)) return fn.type === 'MemberExpression' || fn.type === 'CallExpression';
  return someCall(fn.body, (call) => !isLogging(call));
}

function someCall(node: TSESTree.Node, test: (call: TSESTree.CallExpression) => boolean): boolean {
  if (node.type === 'CallExpression') return test(node);
  return node.type === 'AssignmentExpression' || childNodes(node).some((child) => someCall(child, test));
}
