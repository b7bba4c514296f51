import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { rebindsThis } from '../ast/rebinds-this.ts';
import { someBelow } from '../ast/some-below.ts';
import { thisMember } from '../ast/this-member.ts';
import { wordsOf } from '../ast/words-of.ts';
import { PAIRS } from '../pairs.ts';
import { type CallGraph, reachableFrom } from './call-graph.ts';

const WORDS = new Set([
  'expire',
  'expired',
  'hibernate',
  'idle',
  'inactive',
  'inactivity',
  'pause',
  'reconfigure',
  'reconnect',
  'recover',
  'recycle',
  'reinit',
  'reinitialize',
  'reload',
  'reopen',
  'reset',
  'restart',
  'resume',
  'resurrect',
  'suspend',
  'unpause',
  'wake',
]);
/** Names that can mean nothing else; the others must change what start and stop change. */
const SURE_NAMES = /^[#_]*(?:reconnect|restart|resume|suspend)$/;
const PAIR_NAMES = new Set([...PAIRS.flatMap(({ start, stop }) => [start, stop]), '[Symbol.dispose]']);

/**
 * The methods that change whether the service runs, and so may use its lifecycle lock: the lifecycle methods, restart and its like,
 * idle handlers, activity that re-arms an idle timer, and helpers that only these reach.
 */
export function transitionsOf(graph: CallGraph, lifecycle: ReadonlySet<string>): ReadonlySet<string> {
  const own = new Set([...graph.methods.keys()].filter((name) => lifecycle.has(name) || PAIR_NAMES.has(name)));
  const reached = reachableFrom(own, graph);
  const fields = new Set([...reached].flatMap((name) => [...(graph.writes.get(name) ?? [])]));
  const changes = (name: string): boolean =>
    [...(graph.callees.get(name) ?? [])].some(
      (callee) => own.has(callee) || (reached.has(callee) && (graph.writes.get(callee)?.size ?? 0) > 0),
    ) || [...(graph.writes.get(name) ?? [])].some((field) => fields.has(field));
  const named = [...graph.methods.keys()].filter(
    (name) => SURE_NAMES.test(name) || (wordsOf(name).some((word) => WORDS.has(word)) && changes(name)),
  );
  const transitions = new Set([...own, ...named]);
  const active = rearmIdleTimers(graph, new Set(named));
  return withHelpers(new Set([...transitions, ...active]), graph);
}

/** The methods that set, themselves or through a helper, a timer whose callback is a transition. */
function rearmIdleTimers(graph: CallGraph, transitions: ReadonlySet<string>): ReadonlySet<string> {
  if (transitions.size === 0) return new Set();
  const setting = [...graph.methods].flatMap(([name, { method }]) => (setsIdleTimer(method.value.body, transitions) ? [name] : []));
  return reachableFrom(setting, { callees: callersIn(graph) });
}

function setsIdleTimer(body: TSESTree.Node, transitions: ReadonlySet<string>): boolean {
  return someBelow(
    body,
    (node) =>
      node.type === 'CallExpression' &&
      calleeName(node) === 'setTimeout' &&
      node.arguments.some((argument) => someBelow(argument, (inner) => transitions.has(thisMember(inner) ?? ''), rebindsThis)),
    rebindsThis,
  );
}

function callersIn({ callees }: CallGraph): CallGraph['callees'] {
  const callers = new Map<string, Set<string>>();
  for (const [caller, names] of callees) {
    for (const name of names) {
      const known = callers.get(name) ?? new Set();
      callers.set(name, known.add(caller));
    }
  }
  return callers;
}

/** Adds the helpers that nothing else reaches: starts from all that may be, and takes away what a hot method mentions. */
function withHelpers(transitions: ReadonlySet<string>, graph: CallGraph): ReadonlySet<string> {
  const hidden = [...graph.methods].filter(([, { method }]) => isHidden(method)).map(([name]) => name);
  const allowed = new Set([...transitions, ...hidden]);
  for (let size = -1; size !== allowed.size;) {
    size = allowed.size;
    const hot = [...graph.callees].filter(([caller]) => !allowed.has(caller)).flatMap(([, callees]) => [...callees]);
    for (const name of hot) if (!transitions.has(name)) allowed.delete(name);
  }
  return allowed;
}

/** A subclass elsewhere may call what is protected. */
function isHidden({ name, node }: { readonly name: string; readonly node: { readonly accessibility?: string | undefined } }): boolean {
  return name.startsWith('#') || node.accessibility === 'private';
}
