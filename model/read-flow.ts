import { keyName } from './ast/key-name.ts';
import { readValue } from './flow/read-value.ts';
import type { Flow } from './flow/step.ts';
import { readExpression } from './flow/read-expression.ts';
import { readBlock, readReturn } from './flow/read-statement.ts';
import { emit, inFunction, type Local, type Walk } from './flow/walk.ts';
import type { ClassFacts, Method } from './service.ts';

/**
 * Reads what a method does, in order: tests and writes of fields, awaits, calls, spawned work. Helpers of the same class are read in
 * place, except for the methods in `opaque`.
 */
export function readFlow(facts: ClassFacts, method: Method, opaque: ReadonlySet<string>): Flow {
  const walk = newWalk(facts, opaque);
  const { body, params } = method.value;
  const locals = new Map<string, Local>();
  for (const param of params) {
    const target = param.type === 'AssignmentPattern' ? param.left : param;
    if (target.type === 'Identifier') locals.set(target.name, { field: undefined, value: { kind: 'given' }, pending: [] });
  }
  inFunction(walk, { method: method.name, locals, waited: true, tail: true }, () => {
    if (body.type === 'BlockStatement') readBlock(walk, body.body, true);
    else readReturn(walk, body);
  });
  return flowOf(walk, method.name);
}

/** Reads the static blocks of a class, which run when the module is loaded. */
export function readStaticBlocks(facts: ClassFacts): Flow {
  const walk = newWalk(facts, new Set());
  inFunction(walk, { method: 'static', locals: new Map(), waited: false, tail: true }, () => {
    for (const member of facts.node.body.body) if (member.type === 'StaticBlock') readBlock(walk, member.body, false);
  });
  return flowOf(walk, 'static');
}

/** Reads what happens while an object is constructed: its field initialisers, then its constructor. */
export function readConstruction(facts: ClassFacts, opaque: ReadonlySet<string>): Flow {
  const walk = newWalk(facts, opaque);
  inFunction(walk, { method: 'constructor', locals: new Map(), waited: false, tail: true }, () => {
    for (const { node, isStatic } of facts.fields.values()) {
      if (isStatic || node.type !== 'PropertyDefinition' || node.value === null) continue;
      const { value } = node;
      readExpression(walk, value, false);
      const field = keyName(node);
      if (field !== undefined) emit(walk, { kind: 'write', node: value, field, value: readValue(walk, value), deep: false });
    }
    readBlock(walk, facts.constructorNode?.value.body?.body ?? [], true);
  });
  return flowOf(walk, 'constructor');
}

function newWalk(facts: ClassFacts, opaque: ReadonlySet<string>): Walk {
  return { facts, opaque, steps: [], arms: [], scopes: [], pending: new Map(), background: [], tailCall: undefined, entered: 0, cut: false };
}

function flowOf(walk: Walk, method: string): Flow {
  return Object.freeze({ method, steps: Object.freeze(walk.steps), background: Object.freeze(walk.background), cut: walk.cut });
}
