import type { Flow } from './flow/step.ts';
import { readExpression } from './flow/read-expression.ts';
import { readBlock, readReturn } from './flow/read-statement.ts';
import { inFunction, type Local, type Walk } from './flow/walk.ts';
import type { ClassFacts, Method } from './service.ts';

/**
 * Reads what a method does, in order: tests and writes of fields, awaits, calls, spawned work. Helpers of the same class are read in
 * place, except for the methods in `opaque`.
 */
export function readFlow(facts: ClassFacts, method: Method, opaque: ReadonlySet<string>): Flow {
  const walk: Walk = { facts, opaque, steps: [], arms: [], scopes: [], pending: new Map(), background: [], tailCall: undefined, cut: false };
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
  return flowOf(walk);
}

/** Reads what happens while an object is constructed: its field initialisers, then its constructor. */
export function readConstruction(facts: ClassFacts, opaque: ReadonlySet<string>): Flow {
  const walk: Walk = { facts, opaque, steps: [], arms: [], scopes: [], pending: new Map(), background: [], tailCall: undefined, cut: false };
  inFunction(walk, { method: 'constructor', locals: new Map(), waited: false, tail: true }, () => {
    for (const field of facts.fields.values()) {
      if (!field.isStatic && field.node.type === 'PropertyDefinition' && field.node.value !== null) readExpression(walk, field.node.value, false);
    }
    readBlock(walk, facts.constructorNode?.value.body?.body ?? [], true);
  });
  return flowOf(walk);
}

function flowOf(walk: Walk): Flow {
  return Object.freeze({ steps: Object.freeze(walk.steps), background: Object.freeze(walk.background), cut: walk.cut });
}
