import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { calleeText } from '../../model/ast/callee-text.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { servicesOf } from '../../model/services-of.ts';
import { whyFailureIsAsBad } from './failing-work.ts';
import { classOf, functionOf, isOfStart, kindAt, memberAround, type Mutation, type Mutator, remove, replace, type Specimen, statementAround, textOf } from './mutation.ts';
import { isKilledFirst } from './killed-first.ts';
import { FLAG, setsOfTheFlag } from './flags.ts';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { contains } from '../../model/ast/contains.ts';

const ADAPTER = 'not asked of an adapter, which spawns nothing that could hang';
const KILLED = 'what SIGKILL was sent to ends by itself, and nothing is left that a new start could meet';

export const dropTheDeadline: Mutator = (specimen) =>
  deadlinesIn(specimen).map(({ node, work }): Mutation => {
    return { what: 'the deadline is taken off', rules: rulesOf(node, specimen), node, changes: [replace(node, workText(specimen, work))], harmless: whyUnbounded(node, specimen) };
  });

interface DeadlineCall {
  readonly node: TSESTree.CallExpression;
  readonly work: TSESTree.Node;
}

function deadlinesIn({ nodes }: Specimen): readonly DeadlineCall[] {
  return nodes.flatMap((node): DeadlineCall[] => {
    if (node.type !== 'CallExpression') return [];
    const [first] = node.arguments;
    const isDeadline = /^(?:pTimeout|withTimeout|timeout|withDeadline)$/.test(calleeName(node) ?? '') && first !== undefined && first.type !== 'ArrayExpression';
    const isRace = calleeText(node).startsWith('Promise.race(') && first?.type === 'ArrayExpression';
    const work = isRace ? first.elements[0] : isDeadline ? first : undefined;
    return work == null ? [] : [{ node, work }];
  });
}

/** es-toolkit is given a function that returns the work. */
function workText(specimen: Specimen, work: TSESTree.Node): string {
  if (work.type !== 'ArrowFunctionExpression') return textOf(specimen, work);
  return work.body.type === 'BlockStatement' ? `(${textOf(specimen, work)})()` : textOf(specimen, work.body);
}

/** A function that kills answers to another rule than the drains of services, which may have their deadline from a helper of the file. */
function rulesOf(node: TSESTree.Node, specimen: Specimen): Mutation['rules'] {
  const isOfServices = kindAt(node, specimen) !== undefined || !isAboutProcess(node, specimen);
  return isOfServices ? ['require-drain-timeout', 'require-unrestartable-flag', 'require-kill-escalation'] : ['require-kill-escalation'];
}

function isAboutProcess(node: TSESTree.Node, specimen: Specimen): boolean {
  const around = functionOf(node, specimen);
  return around !== undefined && /[kK]ill\(/.test(textOf(specimen, around));
}

function whyUnbounded(node: TSESTree.Node, specimen: Specimen): string | undefined {
  if (isKilledFirst(node, specimen)) return KILLED;
  if (isBeforeTheKill(node, specimen)) return 'it limits the work of the child, which nobody has told to end yet';
  const kind = kindAt(node, specimen);
  if (kind === 'adapter') return ADAPTER;
  return servicesOf(specimen.source).length === 0 && !isAboutProcess(node, specimen) ? 'not asked where no service stops and no process is killed' : undefined;
}

/** In a function that kills, and not before it has waited for this. */
function isBeforeTheKill(node: TSESTree.Node, specimen: Specimen): boolean {
  const around = functionOf(node, specimen);
  const before = around === undefined ? '' : specimen.source.text.slice(around.range[0], node.range[0]);
  return kindAt(node, specimen) === undefined && isAboutProcess(node, specimen) && !/[kK]ill\(/.test(before);
}

/** Whatever ends the wait, nobody learns of it. */
export const resolveTheDeadline: Mutator = (specimen) =>
  deadlinesIn(specimen).flatMap(({ node }): Mutation[] => {
    const [, options] = node.arguments;
    const last = calleeName(node) === 'pTimeout' && options?.type === 'ObjectExpression' ? options.properties.at(-1) : undefined;
    if (last === undefined) return [];
    const at = last.range[1];
    return [{ what: 'the deadline resolves', rules: rulesOf(node, specimen), node, changes: [{ start: at, end: at, text: ', message: false' }], harmless: whyUnbounded(node, specimen) }];
  });

export const neverSetTheFlag: Mutator = (specimen) =>
  setsOfTheFlag(specimen).flatMap((node): Mutation[] => {
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement') return [];
    return [{ what: 'the flag is not set', rules: ['require-unrestartable-flag'], node, changes: [replace(statement, '{}')], harmless: whyUnflagged(node, specimen) ?? whyOuterSets(node, specimen) }];
  });

/** Of classes whose timeouts are all of what was killed, no flag is asked. */
function whyUnflagged(node: TSESTree.Node, specimen: Specimen): string | undefined {
  if (kindAt(node, specimen) === 'adapter') return ADAPTER;
  const sets = setsOfTheFlag(specimen, node);
  if (sets.length > 0 && sets.every((set) => isKilledFirst(set, specimen))) return KILLED;
  if (sets.length > 0 && sets.every((set) => isStillHeld(set, specimen))) return 'start finds the work that hangs still in its field, and starts nothing';
  return kindAt(node, specimen) === 'in-place runner' && isRefusedByTheRun(node, specimen) ? 'for as long as the run that hangs goes on, start finds its field set, and throws' : undefined;
}

/** `if (this.abort !== undefined) throw …; this.abort = abort;`, and nobody but start itself, once its run is over, empties the field. */
function isRefusedByTheRun(node: TSESTree.Node, specimen: Specimen): boolean {
  const body = classOf(node, specimen);
  const inClass = specimen.nodes.filter((at) => classOf(at, specimen) === body);
  const guards = inClass.flatMap((at) => (at.type === 'IfStatement' && isOfStart(memberAround(at, specimen)) && alwaysExits(at.consequent) === 'throw' ? [/^this\.(#?\w+)(?: !== undefined)?$/.exec(textOf(specimen, at.test))?.[1] ?? ''] : []));
  return guards.some((field) => {
    const writes = inClass.filter((at) => at.type === 'AssignmentExpression' && thisMember(at.left) === field);
    return !FLAG.test(field) && writes.length > 1 && writes.every((at) => isOfStart(memberAround(at, specimen)));
  });
}

/** `try { await pTimeout(this.task); } catch (error) { …; throw error; } this.task = undefined;`, with `if (this.task !== undefined) return;` in start. */
function isStillHeld(set: TSESTree.Node, specimen: Specimen): boolean {
  const around = tryOf(set, specimen);
  const stop = functionOf(set, specimen);
  if (around === undefined || stop === undefined || around.finalizer !== null || !textOf(specimen, around.handler ?? around).includes('throw ')) return false;
  const fields = [...textOf(specimen, around.block).matchAll(/this\.(#?\w+)/g)].flatMap(([, name]) => name ?? []);
  const reset = (name: string): RegExp => new RegExp(`this\\.${name} = (?:undefined|null)`);
  const [before, after] = [specimen.source.text.slice(stop.range[0], around.range[0]), specimen.source.text.slice(around.range[1], stop.range[1])];
  const turnsAway = (name: string): RegExp => new RegExp(`if \\(this\\.${name}(?: !== undefined)?\\) return`);
  return fields.some((name) => reset(name).test(after) && !reset(name).test(before) && turnsAway(name).test(specimen.source.text));
}

/** `try { try { … } catch (error) { if (…) this.flag = true; failures.push(error); } throw failures[0]; } catch (error) { if (…) this.flag = true; … }` */
function whyOuterSets(node: TSESTree.Node, specimen: Specimen): string | undefined {
  const others = setsOfTheFlag(specimen, node).filter((other) => other !== node && functionOf(other, specimen) === functionOf(node, specimen));
  const isNested = others.some((other) => {
    const [inner, outer] = [tryOf(node, specimen), tryOf(other, specimen)];
    return inner !== undefined && outer !== undefined && inner !== outer && (contains(outer.block, inner) || contains(inner.block, outer));
  });
  return isNested ? 'the same timeout comes by another handler that sets it' : undefined;
}

function tryOf(node: TSESTree.Node, { parents }: Specimen): TSESTree.TryStatement | undefined {
  let at: TSESTree.Node | undefined = node;
  while (at !== undefined && at.type !== 'CatchClause') at = parents.get(at);
  const parent = at === undefined ? undefined : parents.get(at);
  return parent?.type === 'TryStatement' ? parent : undefined;
}

export const setTheFlagAlways: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'IfStatement' || node.alternate !== null || !FLAG.test(textOf(specimen, node.consequent)) || !textOf(specimen, node.test).includes('instanceof')) return [];
    const works = deadlinesIn(specimen).filter((deadline) => contains(tryOf(node, specimen)?.block ?? node, deadline.node)).map(({ work }) => work);
    const harmless = whyUnflagged(node, specimen) ?? whyFailureIsAsBad(works, specimen);
    return [{ what: 'the flag is set on every error', rules: ['require-unrestartable-flag'], node, changes: [replace(node, textOf(specimen, node.consequent))], harmless }];
  });

export const neverTestTheFlag: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const isTest = node.type === 'IfStatement' && FLAG.test(textOf(specimen, node.test)) && /throw |Promise\.reject/.test(textOf(specimen, node.consequent));
    return isTest ? [{ what: 'the flag is not tested', rules: ['require-unrestartable-flag'], node, changes: [remove(node)], harmless: whyUnflagged(node, specimen) }] : [];
  });

export const clearTheFlag: Mutator = (specimen) =>
  neverTestTheFlag(specimen).flatMap(({ node, harmless }): Mutation[] => {
    const flag = node.type === 'IfStatement' ? thisMember(node.test) : undefined;
    if (flag === undefined || node.type !== 'IfStatement') return [];
    const statement = statementAround(node, specimen) ?? node;
    const text = `if (${textOf(specimen, node.test)}) {\n${textOf(specimen, node.test)} = false;\n}`;
    return [{ what: 'start takes the flag back in place of refusing', rules: ['require-unrestartable-flag'], node, changes: [replace(statement, text)], harmless }];
  });
