import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../ast/is-class.ts';
import { isFunction } from '../ast/is-function.ts';
import { around } from '../ast/parents.ts';
import { classesOf } from '../read-classes.ts';
import { nameOfFunction } from './called.ts';
import type { FileCode } from './file-code.ts';

export interface Owner {
  readonly owner: string;
  readonly ownerNode: TSESTree.Node;
}

/** The class that a node stands in, else the outermost function, else the module. */
export function ownerOf(node: TSESTree.Node, code: FileCode): Owner {
  const outside = Array.from(around(node, code));
  const owner = outside.find(isClass);
  if (owner !== undefined) return { owner: classesOf(code.program).find((facts) => facts.node === owner)?.name ?? '(anonymous class)', ownerNode: owner };
  const fn = outside.findLast(isFunction);
  if (fn === undefined) return { owner: '(module)', ownerNode: code.program };
  return { owner: nameOfFunction(fn, code) ?? '(anonymous function)', ownerNode: fn };
}
