import type { TSESTree } from '@typescript-eslint/utils';
import type { StartedHere } from '../model/ownership/started-here.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import { askedStop } from '../model/ownership/hand-stops.ts';
import { isStopCall } from '../model/ownership/is-stop-call.ts';
import { usesOf } from '../model/ownership/started-local.ts';
import { awaitedStatement, isMemberUse, stopOf } from '../model/ownership/use-of-local.ts';
import { signalFile } from '../model/signals/signal-file.ts';
import type { Source } from '../model/source.ts';
import type { Change, Outcome } from './outcome.ts';
import type { Obstacle } from './lock-obstacle.ts';
import { type Block, type CallSite, callSiteOf, objectOf } from './using/call-site.ts';
import { type HandSite, handSiteOf, triedByHand } from './using/hand-site.ts';
import { siteGroupOf } from './using/site-group.ts';
import { sharedIn } from './using/stack-source.ts';
import type { UsingTarget } from './using/using-target.ts';
import { writeByHand } from './using/write-by-hand.ts';
import { writeInTurn } from './using/write-in-turn.ts';
import { writeTry } from './using/write-try.ts';
import { writeUsing } from './using/write-using.ts';

/** What has to be mended together: all that a block starts, or that a `finally` stops by hand. */
export interface StartedTogether {
  readonly found: readonly [StartedHere, ...StartedHere[]];
  readonly outcome: Outcome;
}

/** Makes whoever starts something sure to stop it: by `await using`, a stack, or a `try` that begins right after the start. */
export function useAwaitUsing(all: readonly StartedHere[], source: Source, target: UsingTarget): readonly StartedTogether[] {
  const results: StartedTogether[] = [];
  const apart: { readonly found: StartedHere; readonly obstacle: Obstacle }[] = [];
  const byBlock = new Map<Block, { found: StartedHere; site: CallSite }[]>();
  const byTry = new Map<TSESTree.TryStatement, { found: StartedHere; site: HandSite | Obstacle }[]>();
  for (const found of all) {
    const tried = found.kind === 'by-hand' ? triedByHand(found, source) : undefined;
    if (tried !== undefined) {
      byTry.set(tried, [...(byTry.get(tried) ?? []), { found, site: handSiteOf(found, tried, source) }]);
      continue;
    }
    const site = callSiteOf(found, source);
    if ('why' in site) apart.push({ found, obstacle: site });
    else byBlock.set(site.block, [...(byBlock.get(site.block) ?? []), { found, site }]);
  }
  results.push(...inTurn(apart, source));
  for (const [block, members] of byBlock) results.push(inBlock(block, members, source, target, byTry));
  for (const [tried, members] of byTry) {
    const other = [...byBlock.values()].flat().find(({ site }) => site.tried === tried);
    results.push(other === undefined ? inTry(tried, members, source, target) : leave(members.map(({ found }) => found), mixed(other.site)));
  }
  return results.toSorted((a, b) => a.found[0].node.range[0] - b.found[0].node.range[0]);
}

function mixed({ stop, variable }: CallSite): Obstacle {
  return { node: stop, why: `stops ${variable} in one finally with what is stopped by hand` };
}

function inBlock(block: Block, members: readonly { readonly found: StartedHere; readonly site: CallSite }[], source: Source, target: UsingTarget, byTry: ReadonlyMap<TSESTree.TryStatement, unknown>): StartedTogether {
  const found = members.map((member) => member.found);
  const own = members.map(({ site }) => site);
  const shared = own.find(({ tried }) => tried !== undefined && byTry.has(tried));
  if (shared !== undefined) return leave(found, mixed(shared));
  const all = siteGroupOf([...own, ...alsoStopped(own, source)], block, source);
  const used = 'why' in all ? undefined : writeUsing(all, target);
  if (used !== undefined && !('why' in used)) return written(found, used, target);
  const group = siteGroupOf(own, block, source);
  return 'why' in group ? leave(found, group) : written(found, writeUsing(group, target) ?? writeTry(group), target);
}

/** What is stopped in the same `finally` is declared in the same way, although nothing skips its stop. */
function alsoStopped(sites: readonly CallSite[], source: Source): readonly CallSite[] {
  const statements = new Set(sites.flatMap(({ tried }) => tried?.finalizer?.body ?? []));
  return [...statements].flatMap((statement): readonly CallSite[] => {
    const call = sites.some(({ stop }) => stop === statement) ? undefined : stopIn(statement);
    const [first] = sites;
    const object = call && objectOf(call);
    if (call === undefined || object === undefined || first === undefined) return [];
    const site = callSiteOf({ ...first.found, variable: object.name, node: call, stop: call }, source);
    return 'why' in site || site.block !== first.block || site.tried === undefined || !isOnlyStop(site, source) ? [] : [site];
  });
}

function stopIn(statement: TSESTree.Statement): TSESTree.CallExpression | undefined {
  const awaited = statement.type === 'ExpressionStatement' && statement.expression.type === 'AwaitExpression' ? unwrap(statement.expression.argument) : undefined;
  return awaited?.type === 'CallExpression' && isStopCall(awaited) ? awaited : undefined;
}

/** Handed to nobody, and stopped nowhere else. */
function isOnlyStop({ declarator, variable, call }: CallSite, source: Source): boolean {
  const file = signalFile(source.program);
  const uses = usesOf(variable, declarator, file);
  return uses.every((use) => isMemberUse(use, file.parents)) && uses.every((use) => [undefined, call].includes(stopOf(use, file.parents) as typeof call | undefined));
}

/** What is started elsewhere than in the block of its `finally` can still be stopped there whatever the stop before it does. */
function inTurn(apart: readonly { readonly found: StartedHere; readonly obstacle: Obstacle }[], source: Source): readonly StartedTogether[] {
  const { parents } = signalFile(source.program);
  const byFinally = new Map<TSESTree.Node | undefined, { readonly found: StartedHere; readonly obstacle: Obstacle }[]>();
  for (const one of apart) {
    const statement = one.found.kind === 'in-turn' ? awaitedStatement(one.found.stop, parents) : undefined;
    const key = (statement && parents.get(statement)) ?? one.found.node;
    byFinally.set(key, [...(byFinally.get(key) ?? []), one]);
  }
  return [...byFinally.values()].flatMap((members) => {
    const found = members.map((member) => member.found);
    const changes = found.every(({ kind }) => kind === 'in-turn') ? writeInTurn(found, source) : undefined;
    return changes === undefined ? members.map(({ found: one, obstacle }) => leave([one], obstacle)) : [written(found, changes, undefined)];
  });
}

function inTry(tried: TSESTree.TryStatement, members: readonly { readonly found: StartedHere; readonly site: HandSite | Obstacle }[], source: Source, target: UsingTarget): StartedTogether {
  const found = members.map((member) => member.found);
  const sites: HandSite[] = [...alsoByHand(found, tried, source)];
  for (const { site } of members) {
    if ('why' in site) return leave(found, site);
    sites.push(site);
  }
  return written(found, writeByHand(source, tried, sites, target), target);
}

/** What is handed on before it is stopped in the same `finally` by hand can be declared as well: it is stopped at the same time. */
function alsoByHand(found: readonly StartedHere[], tried: TSESTree.TryStatement, source: Source): readonly HandSite[] {
  return (tried.finalizer?.body ?? []).flatMap((statement): readonly HandSite[] => {
    const asked = askedStop(statement);
    const [first] = found;
    if (asked === undefined || first === undefined || !isStopCall(asked.call) || found.some(({ stop }) => stop === asked.call)) return [];
    const site = handSiteOf({ ...first, variable: asked.variable.name, node: asked.call, stop: asked.call }, tried, source);
    return 'why' in site ? [] : [site];
  });
}

function written(found: readonly StartedHere[], changes: Obstacle | readonly Change[], target: UsingTarget | undefined): StartedTogether {
  if ('why' in changes) return leave(found, changes);
  const needs = sharedIn(changes, target?.stack).length > 0 ? (target?.stack?.needs ?? []) : [];
  const isUsing = changes.some(({ text }) => text.includes('await using'));
  return { found: atLeastOne(found), outcome: { kind: 'edit', changes, safety: 'review', added: isUsing ? 'await using' : 'try and finally', needs } };
}

function leave(found: readonly StartedHere[], { node, why }: Obstacle): StartedTogether {
  return { found: atLeastOne(found), outcome: { kind: 'leftover', node, why } };
}

function atLeastOne(found: readonly StartedHere[]): StartedTogether['found'] {
  const [first, ...others] = found;
  if (first === undefined) throw new Error('nothing is started together');
  return [first, ...others];
}
