import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { isReleaseName } from '../../model/teardown/release-verbs.ts';
import { heldMethods } from '../held-nodes.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { failuresIn } from './failures-in.ts';
import { isMade, isTouched } from './is-touched.ts';
import { ownersOf } from './owners-of.ts';
import type { Place } from './place-of-acquired.ts';
import type { Region } from './region-of.ts';
import type { Undo } from './undo-of.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Why a rollback would be half of one: stop gives back more than start is surely known to acquire, and start has to do with it before it
 * may fail. Stop would be turned away from it afterwards.
 */
export function halfDone(service: Service, source: Source, fn: Place['fn'], { statements }: Region, undos: readonly Undo[]): Obstacle | undefined {
  const failures = [...failuresIn(service, fn), ...awaitsIn(statements)];
  const kept = service.startup.acquired.find(({ node }) => contains(fn, node) && !undos.some(({ place }) => place.node === node) && failures.some(({ range }) => node.range[1] <= range[0]));
  if (kept !== undefined) return { node: kept.node, why: `whether ${kept.name} at line ${lineOf(source, kept.node)} is left behind cannot be told` };
  const last = statements.findLastIndex((statement) => failures.some((node) => contains(statement, node)));
  const before = statements.slice(0, last === -1 ? statements.length : last);
  const covered = new Set(undos.flatMap(({ fields, release }) => [...fields.map((field) => `this.${field}`), ...ownersOf(service, release)]));
  for (const call of endsIn(service)) {
    if (undos.some(({ release }) => contains(release, call) || contains(call, release))) continue;
    const isEnd = isReleaseName(nameOfCall(call)) || service.teardown.steps.some((step) => step.call === call);
    const owner = ownersOf(service, call).find((name) => !covered.has(name) && before.some((statement) => (isEnd ? isTouched(statement, name) : isMade(statement, name))));
    if (owner !== undefined) return { node: call, why: `what line ${lineOf(source, call)} does to ${owner} may have to be done in a rollback too, and that cannot be told` };
  }
  return undefined;
}

/** All of them may fail, whether or not that would leave something behind. */
function awaitsIn(statements: readonly TSESTree.Statement[]): readonly TSESTree.Node[] {
  const awaits: TSESTree.Node[] = [];
  for (const statement of statements) {
    visit(statement, (node) => {
      if (node.type === 'AwaitExpression') awaits.push(node);
      return isFunction(node) ? 'skip' : undefined;
    });
  }
  return awaits;
}

function nameOfCall(node: TSESTree.Node): string {
  return node.type === 'CallExpression' ? (calleeName(node) ?? '').replace(/^[#_]+/, '') : '';
}

/** The calls that stop comes through. */
function endsIn(service: Service): readonly TSESTree.Node[] {
  const calls = new Set<TSESTree.Node>(service.teardown.steps.map(({ call }) => call));
  const names = service.stop.methods.flatMap((method) => [...heldMethods(service.facts, method, NONE)]);
  for (const name of names) {
    const method = service.facts.methods.get(name);
    if (method === undefined) continue;
    visit(method.value.body, (node) => {
      if (node.type === 'CallExpression' && !isLogging(node)) calls.add(node);
      return undefined;
    });
  }
  return [...calls];
}
