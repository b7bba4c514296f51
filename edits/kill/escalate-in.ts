import type { TSESTree } from '@typescript-eslint/utils';
import { isClass } from '../../model/ast/is-class.ts';
import { functionAround } from '../../model/ast/parents.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { DeadEscalation, Kill } from '../../model/kills/kill.ts';
import { lineOf, positionOf } from '../../model/line-of.ts';
import { classesOf } from '../../model/read-classes.ts';
import type { ClassFacts } from '../../model/service.ts';
import { chooseDeadline } from '../deadline/choose-deadline.ts';
import { type DrainLimit, drainLimit, grouped } from '../deadline/drain-limit.ts';
import type { DrainTimeoutOptions } from '../drain-timeout-options.ts';
import { joinNext } from '../insert-field.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change, Outcome } from '../outcome.ts';
import { testExitCode } from '../test-exit-code.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { lostComment } from '../text/lost-comment.ts';
import { type KillSite, siteOf, type Surroundings } from './kill-site.ts';
import { lastFlagOf } from './last-flag.ts';
import { awaitExit } from './await-exit.ts';
import type { Mending } from './place-wait.ts';

const DEFAULT_TIMEOUT = 10_000;

export interface OwnerScope extends Surroundings {
  readonly options: DrainTimeoutOptions;
  /** The class, the function or the module that the kills belong to. */
  readonly node: TSESTree.Node;
}

/** Mends all kills of one class or function together, or says why not. */
export function escalateIn(scope: OwnerScope, kills: readonly Kill[], dead: readonly DeadEscalation[]): Outcome {
  const tests: Change[] = [];
  for (const one of dead) {
    const test = testExitCode(one, scope.source);
    if (test.length === 0) return { kind: 'leftover', node: one.node, why: `a comment stands in the test of killed at line ${String(lineOf(scope.source, one.node))}` };
    tests.push(...test);
  }
  const open = kills.filter(({ gap }) => gap?.kind !== 'dead-escalation').map((kill) => signalToAwait(kill, scope));
  if (open.length === 0) return { kind: 'edit', changes: tests, safety: 'safe', added: 'live kill escalation', needs: [] };
  // The wait makes it asynchronous, and then it needs a lock and a dispose as well.
  if (scope.service?.kind === 'synchronous') return { kind: 'leftover', node: scope.node, why: 'waits for nothing in start or stop, and would need a lock and a dispose once it did' };
  const sites: KillSite[] = [];
  for (const kill of open) {
    const site = siteOf(kill, scope);
    if ('why' in site) return { kind: 'leftover', ...site };
    const twin = sites.find(({ fn }) => fn === site.fn);
    if (twin !== undefined) return { kind: 'leftover', node: kill.node, why: `${site.place} sends a first signal in two places, at lines ${String(lineOf(scope.source, twin.kill.node))} and ${String(lineOf(scope.source, kill.node))}` };
    sites.push(site);
  }
  const planned = mendSites(sites, scope);
  if ('why' in planned) return { kind: 'leftover', ...planned };
  const lost = lostComment(planned.changes, scope.source);
  if (lost !== undefined) return { kind: 'leftover', node: scope.node, why: `a comment stands at line ${String(positionOf(scope.source, lost.range[0]).line)} in what would be replaced` };
  return { kind: 'edit', changes: [...planned.changes, ...tests], safety: 'review', added: 'kill escalation', needs: planned.needs };
}

/** Where the first signal is waited for and SIGKILL is not, that takes its place. */
function signalToAwait(kill: Kill, { code }: OwnerScope): Kill {
  const { escalation, gap } = kill;
  const callee = escalation === undefined ? undefined : unwrap(escalation.callee);
  if (gap?.kind !== 'unawaited-escalation' || escalation === undefined || callee?.type !== 'MemberExpression') return kill;
  return { ...kill, node: escalation, child: callee.object, signal: 'SIGKILL', fn: functionAround(escalation, code) };
}

type Planned = Pick<Extract<Outcome, { kind: 'edit' }>, 'changes' | 'needs'>;

function mendSites(sites: readonly KillSite[], scope: OwnerScope): Obstacle | Planned {
  const { source, service, options, node } = scope;
  const facts = isClass(node) ? classesOf(source.program, source.text).find((one) => one.node === node) : undefined;
  const call = chooseDeadline(service ?? { drains: [], node }, source, options, true);
  if ('why' in call) return call;
  const flag = service === undefined ? undefined : lastFlagOf(service, source);
  if (flag !== undefined && 'why' in flag) return flag;
  const limit = call.hasLimit ? { text: '', changes: [] } : limitOf(facts, scope, options.drainTimeout ?? DEFAULT_TIMEOUT);
  const mending: Mending = { ...scope, facts, call, limit: limit.text, flag: flag?.text, unit: unitOf(scope, sites[0]) };
  const changes: Change[] = [];
  const fields: Change[] = [...limit.changes, ...(flag?.declared === undefined ? [] : [flag.declared])];
  const seen = new Set<string>();
  for (const site of sites) {
    const awaited = awaitExit(site, mending);
    if ('why' in awaited) return awaited;
    for (const change of [...awaited.captured, ...awaited.changes]) {
      const key = JSON.stringify(change);
      if (!seen.has(key)) changes.push(change);
      if (awaited.captured.includes(change)) seen.add(key);
    }
    if (awaited.declared !== undefined && !fields.some(({ text }) => text === awaited.declared?.text)) fields.push(awaited.declared);
  }
  const joined = fields.map((field, index) => fields.slice(index + 1).reduce((one, next) => joinNext(source, one, next), field));
  const isTold = changes.some(({ text }) => text.includes(call.isTimeout('')));
  return { changes: [...call.imports(isTold), ...joined, ...(flag?.tested ?? []), ...changes], needs: call.needs };
}

function limitOf(facts: ClassFacts | undefined, { source }: OwnerScope, milliseconds: number): DrainLimit {
  return facts === undefined ? { text: grouped(milliseconds), changes: [] } : drainLimit({ facts, node: facts.node }, source, milliseconds);
}

/** As deep as the class or the function indents what is in it. */
function unitOf({ source: { text }, node }: OwnerScope, site: KillSite | undefined): string {
  const fn = site?.fn;
  const host = isClass(node) ? node : fn?.body.type === 'BlockStatement' ? { range: fn.range, body: fn.body } : { range: node.range, body: { body: [] } };
  return indentUnit(text, host);
}
