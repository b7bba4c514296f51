import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { calleeText } from '../ast/callee-text.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Acquisition, Release } from './ledger.ts';
import type { Fact } from '../service.ts';
import { keepOf, type Kept } from './keep-of.ts';
import { releasedListener } from './released-listener.ts';
import { RESOURCES, type ResourceApi } from './resource-table.ts';
import type { LedgerScope } from './scope.ts';
import { type Use, usesOfField } from './uses.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** What a class acquires beside tasks and timers. */
export function readResources(scope: LedgerScope): readonly Acquisition[] {
  const table = new Map([...RESOURCES, ...scope.resources].map((api) => [api.acquire, api]));
  return scope.code.calls.flatMap((call): Acquisition[] => {
    const api = table.get(`${call.type === 'NewExpression' ? 'new ' : ''}${calleeName(call) ?? ''}`);
    if (api === undefined || scope.reach.originsOf(call).has('stop')) return [];
    const read = api.kind === 'listener' ? readListener(call, api, scope) : api.kind === 'service' ? readInner(call, scope) : readHandle(call, api, scope);
    if (read === undefined) return [];
    const { code, reach } = scope;
    const method = code.memberOf.get(call)?.name ?? '';
    return [Object.freeze({ kind: api.kind, node: call, text: calleeText(call), method, origins: reach.originsOf(call), ...read })];
  });
}

type Read = Pick<Acquisition, 'keep' | 'released' | 'releases'>;

function readListener(call: Call, api: ResourceApi, scope: LedgerScope): Read | undefined {
  const callee = unwrap(call.callee);
  if (call.type !== 'CallExpression' || callee.type !== 'MemberExpression' || call.arguments.length < 2) return undefined;
  return { keep: { in: 'nowhere' }, ...releasedListener(call, callee.object, api, scope) };
}

/** `this.#queue.start()`, of something that the class has made itself. */
function readInner(call: Call, scope: LedgerScope): Read | undefined {
  const callee = unwrap(call.callee);
  const field = callee.type === 'MemberExpression' ? thisMember(callee.object) : undefined;
  if (call.type !== 'CallExpression' || field === undefined || !scope.isMade(field)) return undefined;
  return readKept({ keep: { in: 'field', name: field }, uses: usesOfField(field, scope.code) }, [], scope);
}

function readHandle(call: Call, { kind, release }: ResourceApi, scope: LedgerScope): Read | undefined {
  const kept = keepOf(call, scope.code);
  // Without a handle there is nothing to tell whether it gave one.
  if (kept.keep.in === 'nowhere' && (kind === 'subscription' || kind === 'abort')) return undefined;
  return readKept(kept, release, scope);
}

function readKept({ keep, uses }: Kept, names: readonly string[], scope: LedgerScope): Read {
  const { code, reach } = scope;
  const ends = uses.filter((use) => isEnd(use, names));
  const releases = ends.map(({ node }): Release => ({ node, method: code.memberOf.get(node)?.name ?? '', isInStop: reach.isInStop(node) }));
  return { keep, releases: Object.freeze(releases), released: releasedFact({ keep, uses: uses.filter((use) => !ends.includes(use)) }, releases, scope) };
}

/** Whether a use ends something that ends by one of some names; a remover, which is called by its own name, always does. */
function isEnd({ kind, node }: Use, names: readonly string[]): boolean {
  if (node.type !== 'CallExpression' || names.length === 0) return kind === 'release';
  const isRemover = kind === 'release' && (thisMember(node.callee) !== undefined || unwrap(node.callee).type === 'Identifier') && node.arguments.length === 0;
  return isRemover || names.includes(calleeName(node) ?? '');
}

function releasedFact({ keep, uses }: Kept, releases: readonly Release[], { code, isDeclared }: LedgerScope): Fact {
  if (keep.in === 'elsewhere' || code.hasAlias) return 'unknown';
  if (releases.some(({ isInStop }) => isInStop)) return 'yes';
  if (keep.in === 'nowhere') return 'no';
  if (keep.in === 'local' || uses.some(({ kind }) => kind === 'escape') || releases.length > 0) return 'unknown';
  return code.hasUnknownBase && keep.in !== 'property' && !isDeclared(keep.name) ? 'unknown' : 'no';
}
