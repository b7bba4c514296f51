import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { contains } from '../ast/contains.ts';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { classesOf } from '../read-classes.ts';
import type { SignalHandler } from './signal.ts';
import type { SignalFile } from './signal-file.ts';

/** The class round all these nodes, else the outermost function round them, else the module. */
export function ownerOf(nodes: readonly TSESTree.Node[], { program, parents }: SignalFile): Pick<SignalHandler, 'owner' | 'ownerNode'> {
  let outer: { readonly owner: string; readonly ownerNode: TSESTree.Node } = { owner: '(module)', ownerNode: program };
  const [first] = nodes;
  for (let at = first && parents.get(first); at !== undefined; at = parents.get(at)) {
    const candidate = at;
    if (!nodes.every((node) => candidate !== node && contains(candidate, node))) continue;
    const facts = isClass(candidate) ? classesOf(program).find((one) => one.node === candidate) : undefined;
    if (facts !== undefined) return { owner: facts.name, ownerNode: facts.node };
    if (isFunction(candidate) && !isRound(candidate, parents.get(candidate))) outer = { owner: candidate.id?.name ?? nameIn(parents.get(candidate)) ?? '(anonymous function)', ownerNode: candidate };
  }
  return outer;
}

/** The callback of a loop over the names of signals. */
function isRound(fn: TSESTree.Node, parent: TSESTree.Node | undefined): boolean {
  return parent?.type === 'CallExpression' && parent.callee !== fn && /^(?:forEach|map)$/.test(calleeName(parent) ?? '');
}

function nameIn(parent: TSESTree.Node | undefined): string | undefined {
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}
