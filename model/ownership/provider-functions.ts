import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { keyName } from '../ast/key-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { FunctionNode } from '../service.ts';
import { functionAt } from '../signals/function-at.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { functionName } from './owner-name.ts';
import type { StartedProvider } from './started-provider.ts';

export type ProviderFunction = Pick<StartedProvider, 'fn' | 'kind' | 'name'>;

const FACTORY_WORDS: ReadonlySet<string> = new Set(['create', 'make', 'provide']);
/** What the name itself promises to have been started. */
const PROMISES: ReadonlySet<string> = new Set(['connect', 'connected', 'open', 'opened', 'run', 'running', 'start', 'started']);
const CONTAINERS: ReadonlySet<string> = new Set(['container', 'injector', 'ioc']);

/** The functions of a file that others call to get something: what containers build their values with, and factories by their names. */
export function providerFunctionsIn(file: SignalFile): readonly ProviderFunction[] {
  const found = new Map<FunctionNode, ProviderFunction>();
  visit(file.program, (node) => {
    const given = givenToContainer(node);
    const fn = given === undefined ? undefined : functionAt(given.value, file);
    if (given !== undefined && fn !== undefined) found.set(fn, { kind: 'container', name: given.name, fn });
    if (isFunction(node) && !found.has(node)) {
      const name = factoryName(node, file);
      if (name !== undefined) found.set(node, { kind: 'factory', name, fn: node });
    }
    return undefined;
  });
  return [...found.values()];
}

/** `useFactory: …`, `.toDynamicValue(…)`, `asFunction(…)`, `container.register('bus', …)`. */
function givenToContainer(node: TSESTree.Node): { readonly name: string; readonly value: TSESTree.Node } | undefined {
  if (node.type === 'Property') return keyName(node) === 'useFactory' ? { name: 'useFactory', value: node.value } : undefined;
  if (node.type !== 'CallExpression') return undefined;
  const name = calleeName(node) ?? '';
  const [first] = node.arguments;
  const callee = unwrap(node.callee);
  if (name === 'asFunction' || (name === 'toDynamicValue' && callee.type === 'MemberExpression')) return first && { name, value: first };
  if (callee.type !== 'MemberExpression' || !name.startsWith("register")) return undefined;
  const object = unwrap(callee.object);
  const last = node.arguments.find((argument) => isFunction(unwrap(argument)));
  const isContainer = object.type === 'Identifier' && CONTAINERS.has(wordsOf(object.name).at(-1) ?? '');
  return isContainer && last !== undefined ? { name: `${object.name}.${name}`, value: last } : undefined;
}

/** A function that is declared, or kept in a variable, under the name of a factory. */
function factoryName(fn: FunctionNode, { parents }: SignalFile): string | undefined {
  const parent = parents.get(fn);
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property') return undefined;
  const name = functionName(fn, parent);
  const [first = '', ...others] = wordsOf(name ?? '');
  return FACTORY_WORDS.has(first) && !others.some((word) => PROMISES.has(word)) ? name : undefined;
}
