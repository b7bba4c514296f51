import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import type { Bases } from '../../model/references/bases.ts';
import type { Family } from '../../model/references/family.ts';
import type { ClassFacts, ConstructorStart, Method } from '../../model/service.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { Change } from '../outcome.ts';
import { isRequired } from '../../model/read-sides.ts';
import { returnedBy } from '../returned-by.ts';
import { returnsPromise } from '../returns-promise.ts';
import { hasMember, takenBecause } from './base-obstacle.ts';
import { giveStart, type GivenStart } from './give-start.ts';
import { isInert, isInertStatement } from './is-inert.ts';
import type { Left, Moved } from './move-start.ts';
import { type NewStart, newStartName } from './new-start-name.ts';
import { runAtOnce } from './run-at-once.ts';
import { startAtOnce } from './start-at-once.ts';

export interface MovingOut {
  readonly bases: Bases;
  readonly begun: readonly ConstructorStart[];
  readonly family: Family;
  readonly settings: ResolvedSettings;
}

/** Gives a class that has no start one that does what its constructor has begun, and calls it right behind each `new`. If one cannot be followed so, all stays. */
export function moveToNewStart({ bases, begun, family, settings }: MovingOut): Moved {
  const [first, ...heirs] = family.members;
  if (first === undefined) return { kind: 'left', left: [] };
  const { facts, file, source } = first;
  const leave = (why: string, node = begun[0]?.node ?? facts.node): Moved => ({ kind: 'left', left: [{ file, node, why }, ...family.gaps] });
  const name = newStartName(facts, settings);
  if (name === undefined) return leave('it has no start() that its callers could await');
  const start: NewStart = { name, method: calledStart(name, begun, facts) };
  const taken = start.method === undefined ? takenBecause(name, facts, source, bases) : methodObstacle(start.method);
  if (taken !== undefined) return leave(`it has no ${name}() that its callers could call, and cannot be given one: ${taken}`);
  const given = giveStart({ begun, facts, source, start, isFree: (field) => takenBecause(field, facts, source, bases) === undefined && !heirs.some((heir) => hasMember(heir.facts, field)) });
  if ('why' in given) return leave(given.why, given.node);
  const left: Left[] = [...family.gaps];
  for (const heir of heirs) {
    const why = heirObstacle(heir.facts, start, given, heir.source.program);
    if (why !== undefined) left.push({ file: heir.file, node: heir.facts.node, why });
  }
  const texts = given.atOnce.code.map(({ range }) => source.text.slice(...range));
  const changes = new Map<string, readonly Change[]>([[file, given.changes]]);
  for (const site of family.constructions) {
    if (site.source === source && isIn(site.node, facts)) {
      left.push({ file, node: site.node, why: 'it is constructed by its own construction' });
      continue;
    }
    const outcome = startAtOnce(site.source, site.node, { className: site.made.facts.name, method: name, texts });
    if (outcome.kind === 'left') left.push({ file: site.file, node: site.node, why: outcome.why });
    if (outcome.kind === 'edit') changes.set(site.file, [...(changes.get(site.file) ?? []), ...outcome.changes]);
  }
  return left.length > 0 ? { kind: 'left', left } : { kind: 'edit', changes, added: start.method === undefined ? `${name}(), with what its constructor began` : `${name}() by whoever constructs it`, method: name, isNew: start.method === undefined };
}

function isIn(node: TSESTree.Node, { constructorNode, node: { body } }: ClassFacts): boolean {
  return [constructorNode, ...body.body.filter(({ type }) => type === 'PropertyDefinition')].some((member) => member !== undefined && contains(member, node));
}

/** The method of that name where the constructor does nothing but call it. */
function calledStart(name: string, begun: readonly ConstructorStart[], facts: ClassFacts): Method | undefined {
  const isCalled = begun.length > 0 && begun.every(({ node }) => node.type === 'CallExpression' && thisMember(node.callee) === name);
  return isCalled ? facts.methods.get(name) : undefined;
}

function methodObstacle(method: Method): string | undefined {
  if (method.value.params.some(isRequired)) return `${method.name}() needs an argument`;
  if (method.name.startsWith('#') || method.isStatic || method.node.type !== 'MethodDefinition') return `${method.name}() cannot be called from outside`;
  const isSync = !returnsPromise(method) && returnedBy(method.value).length === 0;
  return isSync ? undefined : `it cannot be told whether ${method.name}() can be waited for`;
}

/** What a subclass constructs came after the start of its base, and comes before it now. */
function heirObstacle(heir: ClassFacts, { name }: NewStart, { atOnce }: GivenStart, program: TSESTree.Program): string | undefined {
  const has = (one: string): boolean => hasMember(heir, one);
  if (has(name)) return `${heir.name}, which extends it, has a ${name} of its own`;
  const other = [...atOnce.members].find(has);
  if (other !== undefined) return `${heir.name}, which extends it, has another ${other}, which is used there`;
  const fields = heir.node.body.body.filter((member): member is TSESTree.PropertyDefinition => member.type === 'PropertyDefinition' && !member.static && member.value !== null);
  const statements = (heir.constructorNode?.value.body?.body ?? []).filter((statement) => !someBelow(statement, ({ type }) => type === 'Super', isFunction));
  const own = runAtOnce([...fields, ...statements], heir, program);
  const isQuiet = statements.every(isInertStatement) && fields.every((field) => field.value === null || isInert(field.value)) && !own.isOpen && !(atOnce.isOpen && own.members.size + fields.length > 0);
  return isQuiet && ![...own.members].some((one) => atOnce.members.has(one)) ? undefined : `the construction of ${heir.name}, which extends it, comes after what begins there`;
}
