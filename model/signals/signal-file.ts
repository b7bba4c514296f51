import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { type Parents, parentsOf } from '../ast/parents.ts';
import { classesOf } from '../read-classes.ts';
import type { ClassFacts } from '../service.ts';

/** A file in which names and `this` can be looked up. */
export interface SignalFile {
  readonly program: TSESTree.Program;
  readonly parents: Parents;
}

const cache = new WeakMap<TSESTree.Program, SignalFile>();

/** Made once for each program. */
export function signalFile(program: TSESTree.Program): SignalFile {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const file = { program, parents: parentsOf(program) };
  cache.set(program, file);
  return file;
}

/** The class whose instance `this` is at a node, if functions of its own between the two do not rebind it. */
export function classAt(node: TSESTree.Node, { program, parents }: SignalFile): ClassFacts | undefined {
  let isMember = false;
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    if (isClass(at)) return classesOf(program).find((facts) => facts.node === at);
    const parent = parents.get(at);
    const isBound = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition';
    if ((at.type === 'FunctionExpression' || at.type === 'FunctionDeclaration') && !isBound) {
      if (!isMember) return undefined;
    }
    isMember ||= isBound;
  }
  return undefined;
}
