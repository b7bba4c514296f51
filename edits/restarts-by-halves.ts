import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { callGraphOf } from '../model/locks/call-graph.ts';
import { transitionsOf } from '../model/locks/transitions.ts';
import type { Method, Service, Side } from '../model/service.ts';
import { heldMethods } from './held-nodes.ts';
import { returnsPromise } from './returns-promise.ts';

/** `restart() { await this.#close(); await this.#open(); }`, the halves of stop and start: it needs the lock no less than they do. */
export function restartsByHalves({ facts, start, stop, lock }: Service): readonly Method[] {
  const lifecycle = new Set([...namesOf(start), ...namesOf(stop)]);
  const transitions = transitionsOf(callGraphOf(facts), lifecycle);
  const runs = (methods: readonly Method[], opaque: ReadonlySet<string>): readonly string[] => methods.flatMap((method) => [...heldMethods(facts, method, opaque)]);
  const [started, stopped] = [new Set(runs(start.methods, new Set())), new Set(runs(stop.methods, new Set()))];
  const key = lock.lifecycle?.key;
  return [...facts.methods.values()].filter((method) => {
    const { name, isStatic, value } = method;
    if (isStatic || lifecycle.has(name) || started.has(name) || stopped.has(name) || !transitions.has(name)) return false;
    if (key !== undefined && someBelow(value.body, (node) => thisMember(node) === key)) return false;
    const run = runs([method], lifecycle).filter((one) => isAsync(facts.methods.get(one)));
    const starting = run.filter((one) => started.has(one) && !stopped.has(one));
    const stopping = run.filter((one) => stopped.has(one) && !started.has(one));
    return starting.length > 0 && stopping.length > 0 && [...starting, ...stopping].some((one) => !lifecycle.has(one));
  });
}

function namesOf({ methods, forwarders }: Side): readonly string[] {
  return [...methods, ...forwarders].map(({ name }) => name);
}

function isAsync(method: Method | undefined): boolean {
  return method !== undefined && returnsPromise(method);
}
