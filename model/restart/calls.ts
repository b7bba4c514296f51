import type { TSESTree } from '@typescript-eslint/utils';

type Node = TSESTree.Node;

/** One call on a path, and those before it, which paths that have parted share. */
interface Entry {
  readonly node: Node;
  readonly isSure: boolean;
  /** Whether it moves the call to the end, rather than to say something else of it. */
  readonly isLast: boolean;
  /** Whether the call is surely not among those before. */
  readonly isNew: boolean;
  readonly before: Entry | undefined;
  readonly count: number;
}

/**
 * Calls, `new` expressions and functions that are made, in the order in which a path comes by them; `true` where every path that led here did.
 * To copy it takes no time, and to join two takes as long as what they do not have in common.
 */
export class Calls implements Iterable<readonly [Node, boolean]> {
  #last: Entry | undefined;
  #read: ReadonlyMap<Node, boolean> | undefined;
  /** What has been noted by this or any copy of it. */
  #noted = new Set<Node>();

  /** The last time counts. */
  note(node: Node): void {
    this.#append(node, true, true, !this.#noted.has(node));
    this.#noted.add(node);
  }

  copy(): Calls {
    const copy = new Calls();
    copy.#last = this.#last;
    copy.#read = this.#read;
    copy.#noted = this.#noted;
    return copy;
  }

  /** What two paths that meet again have come by; both go back to the same beginning. */
  joinedWith(other: Calls): Calls {
    const joined = this.copy();
    if (this.#last === other.#last) return joined;
    const [own, others, shared] = partedAt(this.#last, other.#last);
    const [first, second] = [own, others].map((entries) => new Map(entries.map(({ node, isSure }) => [node, isSure])));
    const isSure = ({ node, isNew }: Entry): boolean => {
      const before = isNew ? undefined : isSureIn(shared, node);
      return (first?.get(node) ?? before) === true && (second?.get(node) ?? before) === true;
    };
    joined.#last = shared;
    for (const entry of own) joined.#append(entry.node, isSure(entry), entry.isLast, entry.isNew);
    for (const entry of others) joined.#append(entry.node, isSure(entry), false, entry.isNew && first?.has(entry.node) === false);
    return joined;
  }

  has(node: Node): boolean {
    return this.#all().has(node);
  }

  get(node: Node): boolean | undefined {
    return this.#all().get(node);
  }

  keys(): Iterable<Node> {
    return this.#all().keys();
  }

  [Symbol.iterator](): Iterator<readonly [Node, boolean]> {
    return this.#all().entries();
  }

  #append(node: Node, isSure: boolean, isLast: boolean, isNew: boolean): void {
    this.#last = { node, isSure, isLast, isNew, before: this.#last, count: (this.#last?.count ?? 0) + 1 };
    this.#read = undefined;
  }

  #all(): ReadonlyMap<Node, boolean> {
    if (this.#read !== undefined) return this.#read;
    const entries: Entry[] = [];
    for (let at = this.#last; at !== undefined; at = at.before) entries.push(at);
    const all = new Map<Node, boolean>();
    for (const { node, isSure, isLast } of entries.reverse()) {
      if (isLast) all.delete(node);
      all.set(node, isSure);
    }
    this.#read = all;
    return all;
  }
}

/** What each of two has that the other has not, in order, and the end of what they share. */
function partedAt(first: Entry | undefined, second: Entry | undefined): readonly [own: readonly Entry[], others: readonly Entry[], shared: Entry | undefined] {
  const own: Entry[] = [];
  const others: Entry[] = [];
  let [at, other] = [first, second];
  while (at !== other) {
    if (at !== undefined && at.count >= (other?.count ?? 0)) {
      own.push(at);
      at = at.before;
    } else if (other !== undefined) {
      others.push(other);
      other = other.before;
    }
  }
  return [own.reverse(), others.reverse(), at];
}

function isSureIn(last: Entry | undefined, node: Node): boolean | undefined {
  for (let at = last; at !== undefined; at = at.before) if (at.node === node) return at.isSure;
  return undefined;
}
