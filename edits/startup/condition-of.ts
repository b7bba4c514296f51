import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { assignmentsIn } from './assignments-in.ts';
import { localsRound } from './locals-round.ts';
import { rootsIn } from './roots-in.ts';

/** Why stop may not give a thing back although start has acquired it; undefined where it asks only for the handle, or whether it was started. */
export function conditionOf(service: Service, source: Source, path: readonly TSESTree.Node[]): string | undefined {
  const locals = localsRound(path);
  const namesOf = (node: TSESTree.Node): readonly string[] => fieldsIn(node, locals);
  const handle = namesOf(path.at(-1) ?? service.node);
  const started = service.start.methods.concat(halves(service)).flatMap(({ value }) => assignmentsIn(value).map(({ field }) => field));
  const stopped = path.filter(isFunction).flatMap((fn) => assignmentsIn(fn).map(({ field }) => field));
  for (const [index, node] of path.entries()) {
    const child = path[index + 1];
    if (child === undefined) break;
    const asked = askedAt(node, child);
    if (asked === 'unsure') return `is given back only on some ways, at line ${lineOf(source, node)}`;
    const isKnown = (test: TSESTree.Node, known: readonly string[]): boolean => namesOf(test).every((name) => known.includes(name));
    if (asked !== undefined && !isKnown(asked, [...handle, ...started])) return `is given back only on the condition at line ${lineOf(source, asked)}`;
    const turned = turnsBefore(node, child).find((test) => !isKnown(test, [...handle, ...started, ...stopped]));
    if (turned !== undefined) return `is given back only on the condition at line ${lineOf(source, turned)}`;
  }
  return undefined;
}

function halves({ facts, start, lock }: Service): readonly Service['start']['main'][] {
  const called = lock.holds.filter(({ method }) => start.methods.includes(method)).flatMap(({ held }) => held.flatMap((node) => rootsIn(node)));
  return called.flatMap((name) => facts.methods.get(name) ?? []);
}

/** The condition under which a part of a node runs; `unsure` where there is more to it. */
function askedAt(node: TSESTree.Node, child: TSESTree.Node): TSESTree.Node | 'unsure' | undefined {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
    if (child === node.alternate) return 'unsure';
    return child === node.test ? undefined : node.test;
  }
  if (node.type === 'LogicalExpression' && child === node.right) return node.operator === '&&' ? node.left : 'unsure';
  return node.type === 'CatchClause' || node.type === 'SwitchCase' || /^(?:Do|For|While)/.test(node.type) ? 'unsure' : undefined;
}

/** The tests by which a block is left before it comes to one of its statements. */
function turnsBefore(node: TSESTree.Node, child: TSESTree.Node): readonly TSESTree.Node[] {
  if (node.type !== 'BlockStatement') return [];
  return node.body.slice(0, node.body.findIndex((one) => one === child)).flatMap((one) => (one.type === 'IfStatement' && alwaysExits(one.consequent) !== 'none' ? [one.test] : []));
}

/** The fields that an expression reads, also by locals; of a local that is none of these, its own name. */
function fieldsIn(node: TSESTree.Node, locals: ReturnType<typeof localsRound>): readonly string[] {
  const names = new Set<string>(rootsIn(node));
  visit(node, (below) => {
    const local = below.type === 'Identifier' ? locals.get(below.name) : undefined;
    if (local !== undefined && below.type === 'Identifier') names.add(local === 'own' ? below.name : local.field);
    return undefined;
  });
  return [...names];
}
