import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { thisRoot } from '../../model/ast/this-root.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import { isReleaseName } from '../../model/teardown/release-verbs.ts';
import type { ClassFacts, Method } from '../../model/service.ts';
import { helpersOf } from '../helpers-of.ts';

/** What a stop does that work can notice, by field. */
export interface StopSigns {
  /** Fields that it writes: a flag, a handle that it drops. */
  readonly writes: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** Fields whose object it aborts, closes or the like; timers among them. */
  readonly ends: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** Functions in fields that it calls, such as a resolver. */
  readonly calls: ReadonlySet<string>;
}

type Found = Map<string, TSESTree.Node[]>;

/** What one method of stop does, with all that it calls. */
export function stopSignsOf(facts: ClassFacts, method: Method): StopSigns {
  const writes: Found = new Map();
  const ends: Found = new Map();
  const calls = new Set<string>();
  for (const { value } of helpersOf(facts, method.name)) {
    const locals = localsOf(value.body);
    visit(value.body, (node) => {
      if (node.type === 'AssignmentExpression' && !isMeasure(node)) add(writes, thisRoot(node.left), node);
      if (node.type !== 'CallExpression') return undefined;
      const own = thisMember(node.callee);
      if (own !== undefined) calls.add(own);
      if (isReleaseName(calleeName(node) ?? '')) for (const field of fieldsOf(node, locals)) add(ends, field, node);
      return undefined;
    });
  }
  return { writes, ends, calls };
}

/** `this.attempts = 0;`, `this.last = Date.now();`: a number that is set tells nobody that it is over. */
function isMeasure({ operator, right }: TSESTree.AssignmentExpression): boolean {
  const inner = unwrap(right);
  return operator === '=' && ((inner.type === 'Literal' && typeof inner.value === 'number') || (inner.type === 'CallExpression' && calleeName(inner) === 'now'));
}

/** The fields that a call is about: `this.stream.close()`, `stream.close()`, `clearInterval(this.timer)`. */
function fieldsOf(call: TSESTree.CallExpression, locals: ReadonlyMap<string, string>): readonly string[] {
  const callee = unwrap(call.callee);
  const about = [...(callee.type === 'MemberExpression' ? [callee.object] : []), ...call.arguments];
  return about.flatMap((node) => {
    const inner = unwrap(node);
    return thisRoot(inner) ?? (inner.type === 'Identifier' ? (locals.get(inner.name) ?? []) : []);
  });
}

/** Locals that stand for a field: `const stream = this.#stream;`, `this.#stream = stream;`. */
export function localsOf(body: TSESTree.Node): ReadonlyMap<string, string> {
  const known = ofBodies.get(body);
  if (known !== undefined) return known;
  const locals = new Map<string, string>();
  ofBodies.set(body, locals);
  const note = (local: TSESTree.Node, value: TSESTree.Node | null): void => {
    const field = value === null ? undefined : thisMember(value);
    if (local.type === 'Identifier' && field !== undefined) locals.set(local.name, field);
  };
  visit(body, (node) => {
    if (node.type === 'VariableDeclarator') note(node.id, node.init);
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern') noteTaken(node.id, node.init, locals);
    if (node.type === 'AssignmentExpression') note(unwrap(node.right), node.left);
    return undefined;
  });
  return locals;
}

const ofBodies = new WeakMap<TSESTree.Node, ReadonlyMap<string, string>>();

/** `const { messages } = this;`, `const { signal } = this.#abort;` */
function noteTaken({ properties }: TSESTree.ObjectPattern, value: TSESTree.Node | null, locals: Map<string, string>): void {
  const root = value === null ? undefined : thisRoot(value);
  for (const property of properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    const field = value?.type === 'ThisExpression' ? keyName(property) : root;
    if (field !== undefined) locals.set(property.value.name, field);
  }
}

function add(to: Found, field: string | undefined, node: TSESTree.Node): void {
  if (field !== undefined) to.set(field, [...(to.get(field) ?? []), node]);
}
