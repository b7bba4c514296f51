import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { outermost } from '../ast/parents.ts';
import { thisMember } from '../ast/this-member.ts';
import type { Hooks } from '../read-sides.ts';
import type { Origin } from './ledger.ts';
import { callbackUse } from './callback-use.ts';
import { type Code, isConstruction, type Member } from './code.ts';

/** From where each member is come to. */
export interface Reach {
  readonly originsOf: (node: TSESTree.Node) => ReadonlySet<Origin>;
  /** Whether stop comes through a node, at once or in a callback. */
  readonly isInStop: (node: TSESTree.Node) => boolean;
}

export function readReach(code: Code, { start, stop }: Hooks): Reach {
  const starts = [...start.methods, ...start.forwarders].map(({ name }) => name);
  const stops = [...stop.methods, ...stop.forwarders].map(({ name }) => name);
  const origins = new Map([...code.members.values()].map((member) => [member.name, new Set(firstOrigins(member, starts, stops))]));
  spread(code, origins);
  const stopping = reachedFrom(stops, starts, code);
  const ofMember = (node: TSESTree.Node): ReadonlySet<Origin> => origins.get(code.memberOf.get(node)?.name ?? '') ?? new Set();
  return {
    originsOf: (node) => {
      const later = laterUse(node, code);
      const own = ofMember(node);
      // What stop itself sets going is a part of stop.
      return later === undefined || (own.size === 1 && own.has('stop')) ? own : new Set([later]);
    },
    isInStop: (node) => stopping.has(code.memberOf.get(node)?.name ?? ''),
  };
}

function firstOrigins(member: Member, starts: readonly string[], stops: readonly string[]): Origin[] {
  if (isConstruction(member)) return ['construction'];
  if (starts.includes(member.name)) return ['start'];
  if (stops.includes(member.name)) return ['stop'];
  return member.isPublic && member.fn !== undefined && !/^[[_]/.test(member.name) ? ['call'] : [];
}

/** Hands the origins of each place on to the methods that are called there, until nothing changes. */
function spread(code: Code, origins: ReadonlyMap<string, Set<Origin>>): void {
  const edges = [...code.mentions].flatMap(([name, nodes]) => {
    const to = origins.get(name);
    return to === undefined
      ? []
      : nodes.flatMap((node) => {
          const use = mentionUse(node, name, code);
          return use === undefined ? [] : [{ node, to, later: use === 'inline' ? laterUse(node, code) : use }];
        });
  });
  const pass = ({ node, to, later }: (typeof edges)[number]): boolean => {
    const before = to.size;
    const from = later === undefined ? (origins.get(code.memberOf.get(node)?.name ?? '') ?? []) : [later];
    for (const origin of from) to.add(origin);
    return to.size > before;
  };
  // Every round passes all edges, also after one that grew.
  while (edges.filter(pass).length > 0);
}

const TAKES_BACK = /^(?:off|remove.*|un[a-z]+)$/;

/** When a method runs that is mentioned: `this.m()`, `on('x', this.m)`. Undefined where it is only bound, or taken back. */
function mentionUse(node: TSESTree.MemberExpression, name: string, code: Code): 'event' | 'inline' | 'timer' | undefined {
  const at = outermost(node, code);
  const parent = code.parents.get(at);
  if (parent?.type === 'AssignmentExpression' && parent.left === at) return undefined;
  if (parent?.type === 'CallExpression' && parent.callee !== at && TAKES_BACK.test(calleeName(parent) ?? '')) return undefined;
  if (parent?.type === 'MemberExpression' && parent.object === at) {
    const call = code.parents.get(outermost(parent, code));
    const assigned = call === undefined ? undefined : code.parents.get(outermost(call, code));
    if (assigned?.type === 'AssignmentExpression' && thisMember(assigned.left) === name) return undefined;
  }
  return callbackUse(node, code);
}

/** How the innermost function around a node that does not run at once comes to run. */
function laterUse(node: TSESTree.Node, code: Code): 'event' | 'timer' | undefined {
  const root = code.memberOf.get(node)?.root;
  for (let at = code.parents.get(node); at !== undefined && at !== root; at = code.parents.get(at)) {
    if (!isFunction(at)) continue;
    const use = callbackUse(at, code);
    if (use !== 'inline') return use;
  }
  return undefined;
}

/** The members that are mentioned in some members, directly or by way of others; not beyond those in `border`. */
function reachedFrom(names: readonly string[], border: readonly string[], code: Code): ReadonlySet<string> {
  const mentioned = new Map<string, Set<string>>();
  for (const [name, nodes] of code.mentions) {
    if (!code.members.has(name) || border.includes(name)) continue;
    for (const node of nodes) {
      const from = code.memberOf.get(node)?.name ?? '';
      mentioned.set(from, (mentioned.get(from) ?? new Set()).add(name));
    }
  }
  const reached = new Set(names);
  for (const name of reached) for (const next of mentioned.get(name) ?? []) reached.add(next);
  return reached;
}
