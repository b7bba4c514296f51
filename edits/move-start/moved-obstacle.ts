import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { thisRoot } from '../../model/ast/this-root.ts';
import { methodOf } from '../../model/flow/walk.ts';
import type { ClassFacts, Method, Service } from '../../model/service.ts';
import { freeNames, isTiedToFunction, namesBoundIn } from './free-names.ts';
import { reachedMembers } from './reached-members.ts';
import type { Obstacle, StartUnit } from './start-unit.ts';

export type MovedUnit = Exclude<StartUnit, { kind: 'call' }>;

/** The fields that a unit sets or acts upon as it begins. */
export function touchedBy({ field, value }: MovedUnit, facts: ClassFacts): ReadonlySet<string> {
  const touched = new Set(field === undefined ? [] : [field]);
  someBelow(value, (node) => {
    if (node.type !== 'CallExpression') return false;
    const own = thisMember(node.callee);
    const method = own === undefined ? undefined : methodOf(facts, own);
    if (method === undefined) touched.add(thisRoot(node.callee) ?? '');
    else if (!method.isAsync) for (const name of reachedMembers([method.value], facts, 'later').written) touched.add(name);
    return false;
  }, (node) => node.type.includes('Function'));
  touched.delete('');
  return touched;
}

/** Why a unit cannot run in start as well as it did in the constructor. `heirs`: the classes that extend this one. */
export function movedObstacle(unit: MovedUnit, { facts, stop }: Service, program: TSESTree.Program, entry: Method, heirs: readonly ClassFacts[]): Obstacle | undefined {
  const { node, value } = unit;
  const { constructorNode } = facts;
  const free = freeNames(value, program);
  const [local] = [...free].find(([, scope]) => scope !== undefined && constructorNode !== undefined && contains(constructorNode, scope)) ?? [];
  if (local !== undefined) return { node, why: `it reads ${local}, which only the constructor has` };
  const bound = namesBoundIn(entry.value);
  const other = [...free.keys()].find((name) => bound.has(name));
  if (other !== undefined) return { node, why: `${other} is another thing in ${entry.name}()` };
  if (isTiedToFunction(value)) return { node, why: 'it can stand in the constructor only' };
  const touched = touchedBy(unit, facts);
  const called = ownCalls(value, facts);
  const inStart = reachedMembers([entry.value], facts, 'count').mentioned;
  const used = [...touched, ...called].find((name) => inStart.has(name));
  if (used !== undefined) return { node, why: `${entry.name}() itself uses this.${used}, and would come to it a second time` };
  const ended = reachedMembers(stop.methods.map((method) => method.value), facts, 'count');
  const endless = [...touched].find((name) => !ended.mentioned.has(name));
  if (endless !== undefined) return { node, why: `${stop.main.name}() does nothing with this.${endless}, and a second ${entry.name}() would begin it twice` };
  const seen = reachedMembers([value], facts, 'count').mentioned;
  if (touched.size === 0 && ![...ended.written].some((name) => seen.has(name))) return { node, why: `nothing in ${stop.main.name}() ends it, and a second ${entry.name}() would begin it twice` };
  return heirs.map((heir) => heirObstacle(heir, entry, touched)).find((why) => why !== undefined);
}

function ownCalls(value: TSESTree.Node, facts: ClassFacts): readonly string[] {
  const names: string[] = [];
  someBelow(value, (node) => {
    const own = node.type === 'CallExpression' ? thisMember(node.callee) : undefined;
    if (own !== undefined && methodOf(facts, own) !== undefined) names.push(own);
    return false;
  }, (node) => node.type.includes('Function'));
  return names;
}

function heirObstacle({ methods, name, node }: ClassFacts, entry: Method, touched: ReadonlySet<string>): Obstacle | undefined {
  const own = methods.get(entry.name);
  if (own !== undefined && !callsSuper(own)) return { node: own.node, why: `${name} overrides ${entry.name}() without calling it` };
  const uses = someBelow(node, (at) => at.type === 'MemberExpression' && touched.has(thisMember(at) ?? ''));
  return uses ? { node, why: `${name}, which extends it, uses the same fields` } : undefined;
}

/** Whether an override comes to `super.start()` by a statement of its own body. */
function callsSuper({ name, value: { body } }: Method): boolean {
  const statements = body.type === 'BlockStatement' ? body.body.filter(({ type }) => /^(?:Expression|Return)Statement$/.test(type)) : [body];
  return statements.some((statement) => someBelow(statement, (at) => at.type === 'MemberExpression' && at.object.type === 'Super' && at.property.type === 'Identifier' && at.property.name === name));
}
