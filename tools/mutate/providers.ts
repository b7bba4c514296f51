import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import type { FunctionNode } from '../../model/service.ts';
import { type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const FACTORY = /^(?:create|make|provide)[A-Z]/;
const STARTS = ['connect', 'listen', 'open', 'start'];

/** `provideQueue` starts the queue that it returns; so do what a container is given to build with, and a factory in a variable. */
export const startInTheProvider: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (!isFunction(node) || !provides(node, specimen)) return [];
    const made = madeIn(node, specimen);
    if (made === undefined) return [];
    const changes = [...asAsync(node, specimen), ...made];
    return [{ what: 'the provider starts it', rules: ['no-started-provider'], node, changes }];
  });

function provides(fn: FunctionNode, specimen: Specimen): boolean {
  const parent = specimen.parents.get(fn);
  if (fn.type === 'FunctionDeclaration') return FACTORY.test(fn.id?.name ?? '');
  if (parent?.type === 'VariableDeclarator') return FACTORY.test(textOf(specimen, parent.id));
  if (parent?.type === 'Property') return keyName(parent) === 'useFactory';
  return parent?.type === 'CallExpression' && /^(?:asFunction|register|toDynamicValue)$/.test(calleeName(parent) ?? '');
}

/** The body with a start of the one thing that it makes and returns. */
function madeIn({ body }: FunctionNode, specimen: Specimen): Mutation['changes'] | undefined {
  if (body.type === 'NewExpression') {
    const start = startOf(body, specimen);
    return start === undefined ? undefined : [replace(body, `{\nconst made = ${textOf(specimen, body)};\nawait made.${start}();\nreturn made;\n}`)];
  }
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  if (last?.type !== 'ReturnStatement' || last.argument === null) return undefined;
  const value = last.argument;
  if (value.type === 'NewExpression') {
    const start = startOf(value, specimen);
    return start === undefined ? undefined : [replace(last, `const made = ${textOf(specimen, value)};\nawait made.${start}();\nreturn made;`)];
  }
  const made = specimen.nodes.find((node) => node.type === 'VariableDeclarator' && value.type === 'Identifier' && textOf(specimen, node.id) === value.name && specimen.parents.get(specimen.parents.get(node) ?? node) === body);
  const start = made?.type === 'VariableDeclarator' && made.init?.type === 'NewExpression' ? startOf(made.init, specimen) : undefined;
  const at = last.range[0];
  return start === undefined ? undefined : [{ start: at, end: at, text: `await ${textOf(specimen, value)}.${start}();\n` }];
}

/** The start of the class in the file that a `new` makes. */
function startOf({ callee }: TSESTree.NewExpression, { nodes }: Specimen): string | undefined {
  const made = nodes.find((node) => node.type === 'ClassDeclaration' && callee.type === 'Identifier' && node.id?.name === callee.name);
  const members = made?.type === 'ClassDeclaration' ? made.body.body : [];
  return STARTS.find((name) => members.some((member) => member.type === 'MethodDefinition' && keyName(member) === name));
}

/** What hands out a promise now: its callers get one in place of the thing, as they do of any provider that somebody makes asynchronous. */
function asAsync(fn: FunctionNode, specimen: Specimen): Mutation['changes'] {
  if (fn.async) return [];
  const type = fn.returnType?.typeAnnotation;
  return [{ start: fn.range[0], end: fn.range[0], text: 'async ' }, ...(type === undefined ? [] : [replace(type, `Promise<${textOf(specimen, type)}>`)])];
}
