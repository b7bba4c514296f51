import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../ast/is-function.ts';
import { memberName } from '../ast/member-name.ts';
import { calleeName } from '../ast/callee-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import { methodOf } from '../flow/walk.ts';
import type { ClassFacts, FunctionNode } from '../service.ts';

/** Where the reading of a stop method has come to. */
export interface Reading {
  readonly facts: ClassFacts;
  /** The method whose text is being read. */
  readonly method: string;
  /** The statement that is being read, as a whole. */
  readonly statement: TSESTree.Node;
  /** The calls by which they were reached. */
  readonly via: readonly TSESTree.Node[];
  /** The functions that are being read in place, outermost first. */
  readonly inside: readonly FunctionNode[];
  /** Whether somebody awaits what the function returns. */
  readonly isAwaited: boolean;
  /** Whether it stands in a catch clause. */
  readonly isHandler: boolean;
  /** Whether something has been done in the function before the statement. */
  readonly isLate: boolean;
  /** What the locals of the method stand for. */
  readonly locals: ReadonlyMap<string, TSESTree.Node>;
  /** How many functions have been entered in all; helpers that all call each other would have no end. */
  readonly effort: { entered: number };
}

/** Beyond so many functions, nothing is said of the teardown. */
export const MAX_ENTERED = 250;

const MAX_INSIDE = 5;

/** A function that a call or a callback stands for, and how messages name the method that it is in. */
export interface Readable {
  readonly fn: FunctionNode;
  readonly method: string;
}

/** The function behind `this.#stopAll`, `shutdown`, `super.stop`, `this.stop.bind(this)` or a function expression, where it can be read in place. */
export function readableAs(node: TSESTree.Node, { effort, facts, inside, locals, method }: Reading): Readable | undefined {
  const found = find(unwrap(node));
  return found === undefined || found.fn.generator || inside.includes(found.fn) || inside.length >= MAX_INSIDE || effort.entered > MAX_ENTERED ? undefined : found;

  function find(inner: TSESTree.Node): Readable | undefined {
    if (isFunction(inner)) return { fn: inner, method };
    if (inner.type === 'Identifier') {
      const local = locals.get(inner.name);
      return local !== undefined && isFunction(local) ? { fn: local, method } : undefined;
    }
    if (inner.type === 'CallExpression' && calleeName(inner) === 'bind') {
      const callee = unwrap(inner.callee);
      return callee.type === 'MemberExpression' ? find(unwrap(callee.object)) : undefined;
    }
    const own = thisMember(inner);
    const found = own === undefined ? inherited(inner) : methodOf(facts, own);
    return found === undefined ? undefined : { fn: found.value, method: found.name };
  }

  function inherited(inner: TSESTree.Node): ReturnType<typeof methodOf> {
    if (inner.type !== 'MemberExpression' || inner.object.type !== 'Super' || typeof facts.base !== 'object') return undefined;
    const name = memberName(inner);
    return name === undefined ? undefined : methodOf(facts.base, name);
  }
}
