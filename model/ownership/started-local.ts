import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { FunctionNode } from '../service.ts';
import { bindingOf } from '../names/binding-of.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { isStopName } from './is-stop-call.ts';
import { callsIn } from './use-of-local.ts';

/** A local of a function that is made there, and the statement there that starts it. */
export interface StartedLocal {
  readonly name: string;
  readonly declaration: TSESTree.VariableDeclarator;
  /** `new Bus()`, `createClient()`: what it is made by. */
  readonly made: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly start: TSESTree.CallExpression;
  readonly isAwaited: boolean;
  /** Every other mention of it in the function, functions in it included. */
  readonly uses: readonly TSESTree.Identifier[];
}

/** Names that mostly start something; of what is no known class, too. */
const STARTS: ReadonlySet<string> = new Set(['connect', 'listen', 'open', 'start']);
const MAKES: ReadonlySet<string> = new Set(['build', 'construct', 'consumer', 'create', 'instance', 'make', 'new', 'producer']);

/** The locals of a function or module, of `const`, that it makes and starts: `await bus.start();` as a statement of its own. */
export function startedLocalsIn(scope: FunctionNode | TSESTree.Program, file: SignalFile, names: ReadonlySet<string> = STARTS): readonly StartedLocal[] {
  const starts: { readonly call: TSESTree.CallExpression; readonly object: TSESTree.Identifier; readonly isAwaited: boolean }[] = [];
  visit(scope.type === 'Program' ? scope : scope.body, (node) => {
    if (isFunction(node)) return 'skip';
    if (node.type !== 'ExpressionStatement') return undefined;
    const isAwaited = node.expression.type === 'AwaitExpression';
    const inner = unwrap(node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression);
    for (const call of inner.type === 'CallExpression' ? (callsIn(inner) ?? [inner]) : []) {
      const object = startedBy(call, names);
      if (object !== undefined) starts.push({ call, object, isAwaited });
    }
    return undefined;
  });
  return starts.flatMap(({ call, object, isAwaited }): StartedLocal[] => {
    const binding = bindingOf(object.name, object, file.parents);
    const declaration = binding?.node;
    const made = binding?.kind === 'const' && binding.init !== undefined ? makerIn(binding.init, file) : undefined;
    if (made === undefined || declaration?.type !== 'VariableDeclarator' || !isIn(declaration, scope, file)) return [];
    const uses = usesOf(object.name, declaration, file).filter((use) => use !== object);
    return [{ name: object.name, declaration, made, start: call, isAwaited, uses }];
  });
}

/** What `bus.start()` is called on. A listener that is registered (`events.listen(() => …)`) starts nothing. */
function startedBy(call: TSESTree.CallExpression, names: ReadonlySet<string>): TSESTree.Identifier | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !names.has(memberName(callee) ?? '')) return undefined;
  const [first] = call.arguments;
  const object = unwrap(callee.object);
  return object.type === 'Identifier' && (first === undefined || !isFunction(unwrap(first))) ? object : undefined;
}

/** A call of `getClient()` or of something injected gives what others have made. */
function makerIn(init: TSESTree.Node, file: SignalFile): StartedLocal['made'] | undefined {
  const inner = unwrap(init);
  const made = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
  if (made.type === 'NewExpression') return made;
  if (made.type !== 'CallExpression') return undefined;
  return MAKES.has(wordsOf(calleeName(made) ?? '')[0] ?? '') || isOfOwnContainer(made, file) ? made : undefined;
}

/** `container.resolve(Bus)` of a local container, whose class is in the file and stops nothing: what it gives is the function's own. */
function isOfOwnContainer({ callee }: TSESTree.CallExpression, { parents }: SignalFile): boolean {
  const inner = unwrap(callee);
  const container = inner.type === 'MemberExpression' ? unwrap(inner.object) : undefined;
  const binding = container?.type === 'Identifier' ? bindingOf(container.name, container, parents) : undefined;
  const made = binding?.kind === 'const' && binding.init !== undefined ? unwrap(binding.init) : undefined;
  if (made?.type !== 'NewExpression' || made.callee.type !== 'Identifier') return false;
  const holder = bindingOf(made.callee.name, made.callee, parents)?.node;
  return holder?.type === 'ClassDeclaration' && holder.superClass === null && !holder.body.body.some((member) => 'key' in member && ends(keyName(member) ?? ''));
}

function ends(name: string): boolean {
  return isStopName(name) || /dispose|reset|clear/i.test(name);
}

/** Directly in the function, not in one inside it. */
function isIn(node: TSESTree.Node, scope: FunctionNode | TSESTree.Program, { parents }: SignalFile): boolean {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) if (isFunction(at) || at.type === 'Program') return at === scope;
  return false;
}

/** Every mention of a local, in functions inside its own too. */
export function usesOf(name: string, declaration: TSESTree.VariableDeclarator, { program, parents }: SignalFile): readonly TSESTree.Identifier[] {
  const list = parents.get(declaration);
  const found: TSESTree.Identifier[] = [];
  visit((list && parents.get(list)) ?? program, (node) => {
    if (node.type !== 'Identifier' || node.name !== name || node === declaration.id) return undefined;
    const parent = parents.get(node);
    const isKey = (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) || (parent?.type === 'Property' && parent.key === node && parent.value !== node);
    if (!isKey && bindingOf(name, node, parents)?.node === declaration) found.push(node);
    return undefined;
  });
  return found;
}
