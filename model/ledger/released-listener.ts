import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { constantKey } from '../ast/constant-key.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisRoot } from '../ast/this-root.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { Code } from './code.ts';
import type { Acquisition, Release } from './ledger.ts';
import type { ResourceApi } from './resource-table.ts';
import type { LedgerScope } from './scope.ts';
import { usesOfField } from './uses.ts';

type Read = Pick<Acquisition, 'released' | 'releases'>;

/** Where a listener is taken back: by the partner call on the same emitter, by the signal it was given, or with the emitter itself. */
export function releasedListener(call: TSESTree.CallExpression, emitter: TSESTree.Node, api: ResourceApi, scope: LedgerScope): Read {
  const { code, reach } = scope;
  const own = pathOf(emitter);
  const event = eventOf(call);
  const at = (node: TSESTree.Node): Release => ({ node, method: code.memberOf.get(node)?.name ?? '', isInStop: reach.isInStop(node) });
  const onEmitter = own === undefined ? undefined : callsByPath(code).get(own);
  const ofEvent = event === undefined ? onEmitter?.all : inOrder([...(onEmitter?.byEvent.get(event) ?? []), ...(onEmitter?.byEvent.get(undefined) ?? [])]);
  const partners = (ofEvent ?? []).flatMap(({ call: other }) => (api.release.includes(calleeName(other) ?? '') ? [other] : []));
  const field = thisRoot(emitter);
  const signal = signalOf(call);
  const endings = signal === undefined ? [] : usesOfField(signal, code).flatMap((use) => (use.kind === 'release' ? [use.node] : []));
  const releases = [...partners, ...endings].map(at);
  const isEnded = releases.some(({ isInStop }) => isInStop);
  // What the class has made goes with its listeners; of what it was handed, or of the process, somebody else holds on to them.
  const outlives = own === 'process' || (field !== undefined && scope.isGiven(field));
  const isSure = outlives && releases.length === 0 && signal === undefined && call.arguments.length < 3 && !code.hasAlias && !code.hasUnknownBase;
  return { releases: Object.freeze(releases), released: isEnded ? 'yes' : isSure ? 'no' : 'unknown' };
}

interface Placed {
  readonly call: Code['calls'][number];
  readonly at: number;
}

interface OnObject {
  readonly all: Placed[];
  /** Those that name no event under `undefined`. */
  readonly byEvent: Map<string | undefined, Placed[]>;
}

const cache = new WeakMap<Code, ReadonlyMap<string, OnObject>>();

/** The calls of methods, by what they are called on and by their first argument. */
function callsByPath(code: Code): ReadonlyMap<string, OnObject> {
  const known = cache.get(code);
  if (known !== undefined) return known;
  const byPath = new Map<string, OnObject>();
  for (const [at, call] of code.calls.entries()) {
    const callee = unwrap(call.callee);
    const path = callee.type === 'MemberExpression' ? pathOf(callee.object) : undefined;
    if (path === undefined) continue;
    const { all, byEvent } = byPath.get(path) ?? { all: [], byEvent: new Map<string | undefined, Placed[]>() };
    const event = eventOf(call);
    const same = byEvent.get(event) ?? [];
    all.push({ call, at });
    same.push({ call, at });
    byEvent.set(event, same);
    byPath.set(path, { all, byEvent });
  }
  cache.set(code, byPath);
  return byPath;
}

function inOrder(placed: readonly Placed[]): readonly Placed[] {
  return placed.toSorted((one, other) => one.at - other.at);
}

/** `this.network.events` as a text to compare. */
function pathOf(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type !== 'MemberExpression') return undefined;
  const object = pathOf(inner.object);
  const name = memberName(inner);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

function eventOf({ arguments: [event] }: TSESTree.CallExpression | TSESTree.NewExpression): string | undefined {
  if (event === undefined) return undefined;
  return constantKey(event) ?? pathOf(event);
}

/** `{ signal: this.#abort.signal }` gives `#abort`. */
function signalOf({ arguments: [, , options] }: TSESTree.CallExpression): string | undefined {
  if (options?.type !== 'ObjectExpression') return undefined;
  const property = options.properties.find((part) => part.type === 'Property' && keyName(part) === 'signal');
  return property?.type === 'Property' ? thisRoot(property.value) : undefined;
}
