import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { thisMember } from '../ast/this-member.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { ClassNode, FunctionNode } from '../service.ts';
import { calledFunction } from './called.ts';
import { classOfThis, type FileCode } from './file-code.ts';
import type { Binding } from '../names/binding.ts';
import type { TypeSays } from './process-apis.ts';

/** A place that holds a value: a name, a field, a property of any object, or the things of a collection in one of these. */
export interface Slot {
  /** Where it was found to hold the same as another: that one, at last the one that stands for all. */
  same: Slot | undefined;
  /** The place of the things in it, if it is a collection. */
  items: Slot | undefined;
  /** The expressions that read or write it. */
  readonly mentions: TSESTree.Node[];
  readonly spawned: TSESTree.CallExpression[];
  readonly says: TypeSays[];
  /** Values of which the file does not tell what they are. */
  readonly others: TSESTree.Node[];
}

function makeSlot(): Slot {
  return { same: undefined, items: undefined, mentions: [], spawned: [], says: [], others: [] };
}

export function rootOf(slot: Slot): Slot {
  let at = slot;
  while (at.same !== undefined) at = at.same;
  return at;
}

/** Two places turn out to hold the same. */
export function join(one: Slot, other: Slot): void {
  const [to, from] = [rootOf(one), rootOf(other)];
  if (to === from) return;
  from.same = to;
  for (const key of ['mentions', 'spawned', 'says', 'others'] as const) (to[key] as unknown[]).push(...from[key]);
  if (from.items === undefined) return;
  if (to.items === undefined) to.items = from.items;
  else join(to.items, from.items);
}

export function itemsOf(slot: Slot): Slot {
  const root = rootOf(slot);
  return rootOf((root.items ??= makeSlot()));
}

const READS_ITEM = new Set(['at', 'find', 'get', 'pop', 'shift']);

/** The places of one file. */
export class Slots {
  readonly #code: FileCode;
  readonly #bindings = new Map<Binding, Slot>();
  readonly #fields = new Map<ClassNode, Map<string, Slot>>();
  readonly #properties = new Map<string, Slot>();
  readonly #results = new Map<FunctionNode, Slot>();

  constructor(code: FileCode) {
    this.#code = code;
  }

  all(): Slot[] {
    const own = [...this.#bindings.values(), ...this.#properties.values(), ...this.#results.values(), ...Array.from(this.#fields.values()).flatMap((fields) => [...fields.values()])];
    return own.flatMap((slot) => (slot.items === undefined ? [slot] : [slot, slot.items]));
  }

  ofBinding(binding: Binding): Slot {
    return known(this.#bindings, binding);
  }

  ofField(owner: ClassNode, name: string): Slot {
    const fields = this.#fields.get(owner) ?? new Map<string, Slot>();
    this.#fields.set(owner, fields);
    return known(fields, name);
  }

  /** A property of no known object: all of that name in the file are taken for one. */
  ofProperty(name: string): Slot {
    return known(this.#properties, name);
  }

  ofResult(fn: FunctionNode): Slot {
    return known(this.#results, fn);
  }

  /** The place that an expression reads or writes. */
  of(node: TSESTree.Node): Slot | undefined {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Identifier': {
        const binding = this.#code.names.get(inner);
        return binding === undefined ? undefined : this.ofBinding(binding);
      }
      case 'AwaitExpression':
        return unwrap(inner.argument).type === 'CallExpression' ? this.of(inner.argument) : undefined;
      case 'CallExpression':
        return this.#ofCall(inner);
      case 'MemberExpression':
        return this.#ofMember(inner);
      default:
        return undefined;
    }
  }

  #ofMember(node: TSESTree.MemberExpression): Slot | undefined {
    const own = thisMember(node);
    if (own !== undefined) {
      const owner = classOfThis(node, this.#code);
      return owner === undefined ? this.ofProperty(own) : this.ofField(owner, own);
    }
    const name = memberName(node);
    if (name !== undefined && !/^\d+$/.test(name)) return this.ofProperty(name);
    const collection = this.of(node.object);
    return collection === undefined ? undefined : itemsOf(collection);
  }

  #ofCall(node: TSESTree.CallExpression): Slot | undefined {
    const fn = calledFunction(node, this.#code);
    if (fn !== undefined) return this.ofResult(fn);
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression' || !READS_ITEM.has(calleeName(node) ?? '')) return undefined;
    const collection = this.of(callee.object);
    return collection === undefined ? undefined : itemsOf(collection);
  }

  /** The place of the things that a list gives: `this.children`, `map.values()`, `Object.values(record)`, `[...list]`. */
  ofItemsIn(node: TSESTree.Node): Slot | undefined {
    const inner = unwrap(node);
    if (inner.type === 'ArrayExpression') {
      const [only] = inner.elements;
      return inner.elements.length === 1 && only?.type === 'SpreadElement' ? this.ofItemsIn(only.argument) : undefined;
    }
    if (inner.type === 'CallExpression') {
      const callee = unwrap(inner.callee);
      const name = calleeName(inner);
      const [first] = inner.arguments;
      if (callee.type !== 'MemberExpression' || !LISTS.has(name ?? '')) return undefined;
      return callee.object.type === 'Identifier' && /^(?:Array|Object)$/.test(callee.object.name) ? first && this.ofItemsIn(first) : this.ofItemsIn(callee.object);
    }
    const slot = this.of(inner);
    return slot === undefined ? undefined : itemsOf(slot);
  }
}

const LISTS = new Set(['entries', 'filter', 'from', 'reverse', 'slice', 'values']);

function known<K>(slots: Map<K, Slot>, key: K): Slot {
  const slot = slots.get(key) ?? makeSlot();
  slots.set(key, slot);
  return rootOf(slot);
}
