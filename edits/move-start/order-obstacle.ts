import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import type { ClassFacts, Method } from '../../model/service.ts';
import { type MovedUnit, touchedBy } from './moved-obstacle.ts';
import { reachedMembers } from './reached-members.ts';
import type { Obstacle, StartUnit } from './start-unit.ts';

/** What runs while an instance is constructed: the values of fields, and the statements of the constructor. */
function constructionCode({ constructorNode, node }: ClassFacts): readonly TSESTree.Node[] {
  const fields = node.body.body.filter((member) => member.type === 'PropertyDefinition' && !member.static && member.value !== null);
  return [...fields, ...(constructorNode?.value.body?.body ?? [])];
}

/** Why the rest of the construction cannot do without what is taken out of it. */
export function orderObstacle(units: readonly StartUnit[], facts: ClassFacts, entry: Method, starts: ReadonlySet<string>, heirs: readonly ClassFacts[]): Obstacle | undefined {
  const code = constructionCode(facts);
  const rest = code.filter((node) => !units.some((unit) => unit.node === node));
  const again = rest.find((node) => someBelow(node, (at) => at.type === 'MemberExpression' && starts.has(thisMember(at) ?? ''), isFunction));
  if (again !== undefined) return { node: again, why: `${entry.name}() is called in another place of the construction too` };
  for (const unit of units) {
    const fields = unit.kind === 'call' ? reachedMembers([entry.value], facts, 'count').written : touchedBy(unit, facts);
    const later = code.slice(code.findIndex((node) => node === unit.node) + 1).filter((node) => rest.includes(node));
    const all = unit.kind === 'field' ? rest : later;
    const found = all.find((node) => uses(node, facts, fields));
    if (found !== undefined) return { node: found, why: `it comes after ${unit.kind === 'call' ? `${entry.name}()` : 'what is begun there'} in the construction, and uses the same fields` };
    for (const heir of unit.kind === 'call' ? heirs : []) {
      const own = constructionCode(heir).find((node) => uses(node, heir, fields));
      if (own !== undefined) return { node: own, why: `the construction of ${heir.name}, which extends it, uses fields that ${entry.name}() has set by then` };
    }
  }
  return undefined;
}

function uses(node: TSESTree.Node, facts: ClassFacts, fields: ReadonlySet<string>): boolean {
  if (node.type === 'PropertyDefinition' && fields.has(keyName(node) ?? '')) return true;
  return [...reachedMembers([node], facts, 'later').mentioned].some((name) => fields.has(name) && !isListening(node, name));
}

/** `this.server.on('error', …)`: to listen earlier than before does no harm. */
function isListening(node: TSESTree.Node, name: string): boolean {
  const call = node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression' ? node.expression : undefined;
  const callee = call?.callee.type === 'MemberExpression' ? call.callee : undefined;
  return callee !== undefined && thisMember(callee.object) === name && callee.property.type === 'Identifier' && /^(?:addEventListener|addListener|on|once)$/.test(callee.property.name);
}

/** Statements of the constructor that only go on with what a unit has begun: `this.timer.unref();`. They go along with it. */
export function companionsOf(units: readonly StartUnit[], { constructorNode }: ClassFacts): readonly MovedUnit[] {
  const fields = new Set(units.flatMap((unit) => (unit.kind !== 'call' && unit.field !== undefined ? [unit.field] : [])));
  return (constructorNode?.value.body?.body ?? []).flatMap((node): MovedUnit[] => {
    if (node.type !== 'ExpressionStatement' || units.some((unit) => contains(unit.node, node))) return [];
    const call = node.expression.type === 'ChainExpression' ? node.expression.expression : node.expression;
    const callee = call.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee : undefined;
    const field = callee === undefined ? undefined : thisMember(callee.object);
    const isEnding = callee?.property.type === 'Identifier' && /^(?:catch|ref|unref)$/.test(callee.property.name);
    return field !== undefined && fields.has(field) && isEnding ? [{ kind: 'statement', node, value: node.expression, field: undefined }] : [];
  });
}
