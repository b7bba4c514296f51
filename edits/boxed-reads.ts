import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../model/ast/contains.ts';
import { isLoop } from '../model/ast/is-loop.ts';
import type { Method, Service } from '../model/service.ts';
import { fieldReads } from './field-reads.ts';
import { fieldsSet } from './fields-set.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { Change } from './outcome.ts';
import { freeName } from './text/free-name.ts';
import { usesName } from './text/uses-name.ts';

/** Values that a method takes out of its transition, since the next start may have put others in their place when it comes to use them. */
export interface Boxed {
  /** As in a pattern: `ended, timer`. */
  readonly names: string;
  /** As in a literal: `ended: this.#ended, timer: this.#timer`. */
  readonly values: string;
  /** Puts the local names in the place of the fields. */
  readonly changes: readonly Change[];
}

/** What stop waits for after its transition, to be read under the lock. Undefined where nothing has to be. */
export function boxedReads(service: Service, text: string, method: Method, rest: readonly TSESTree.Statement[]): Boxed | Obstacle | undefined {
  const { drains, facts, start } = service;
  const set = new Set(start.methods.flatMap(({ value }) => fieldsSet([value.body], 'functions too')));
  const late = fieldsSet(rest, 'functions too').find((field) => set.has(field));
  const leave = (why: string): Obstacle => ({ node: method.node, why: `${method.name}() ${why}` });
  if (late !== undefined) return leave(`sets ${late} after it has waited for the loop, when the next ${start.main.name}() may have set it already`);
  const written = new Set([...facts.methods.values()].flatMap(({ value }) => fieldsSet([value.body], 'functions too')));
  const waits = drains.filter(({ node }) => !isLoop(node));
  const elsewhere = waits.find((drain) => drain.method !== method.name && fieldReads(drain.node).some(({ field }) => written.has(field)));
  if (elsewhere !== undefined) return leave(`waits in ${elsewhere.method}() for what the next ${start.main.name}() may have set by then`);
  const own = waits.filter(({ node }) => rest.some((statement) => contains(statement, node)));
  const waited = new Set(own.flatMap(({ node }) => fieldReads(node).map(({ field }) => field)).filter((field) => written.has(field)));
  const reads = rest.flatMap(fieldReads).filter(({ field }) => waited.has(field));
  const boxed = reads.filter(({ field }) => !reads.some((read) => read.field === field && read.isRepeated));
  if (boxed.length === 0) return undefined;
  const locals = new Map<string, { readonly name: string; readonly read: string }>();
  for (const { field, node } of boxed) {
    const name = freeName([field.replace(/^[#_]+/, '')], (taken) => [...locals.values()].some((one) => one.name === taken) || usesName(method.value, taken));
    if (!locals.has(field)) locals.set(field, { name, read: text.slice(...node.range) });
  }
  const all = [...locals.values()];
  return {
    names: all.map(({ name }) => name).join(', '),
    values: all.map(({ name, read }) => `${name}: ${read}`).join(', '),
    changes: boxed.map(({ field, node: { range } }) => ({ start: range[0], end: range[1], text: locals.get(field)?.name ?? '' })),
  };
}
