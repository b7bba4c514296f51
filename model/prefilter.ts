import { PAIRS } from './pairs.ts';

type NamePair = readonly [start: string, stop: string];

const BUILT_IN = PAIRS.map(({ start, stop }): NamePair => [start, bare(stop)]);
const patterns = new Map<string, RegExp>();

/** `Symbol.asyncDispose` for `[Symbol.asyncDispose]`. */
function bare(name: string): string {
  return name.replace(/^\[(.+)\]$/, '$1');
}

/** A name where a member may be declared: not after a dot, and before what can follow a member's name. */
function memberPattern(pairs: readonly NamePair[]): RegExp {
  const names = [...new Set(pairs.flat())].map((name) => name.replaceAll(/[$.]/g, String.raw`\$&`));
  return new RegExp(String.raw`(?<![.\w$#])(${names.join('|')})['"\x60]?\]?(?:\s|/\*[^]*?\*/|//.*)*[(<=:?!]`, 'g');
}

interface Seen {
  readonly text: string;
  readonly key: string;
  readonly found: ReadonlySet<string | undefined>;
}

/** Many rules ask about the same file one after the other. */
let last: Seen = { text: '', key: '', found: new Set() };

function membersIn(text: string, pairs: readonly NamePair[]): Seen['found'] {
  const key = pairs.join();
  if (last.text === text && last.key === key) return last.found;
  let pattern = patterns.get(key);
  if (pattern === undefined) {
    pattern = memberPattern([...BUILT_IN, ...pairs]);
    patterns.set(key, pattern);
  }
  last = { text, key, found: new Set(Array.from(text.matchAll(pattern), ([, name]) => name)) };
  return last.found;
}

/**
 * Whether a text can hold a service: it has a class and the two names of a pair where members may be declared. Cheap, and a `false`
 * is wrong only for names that are computed at run time. `pairs` are those that settings add.
 */
export function mayHoldService(text: string, pairs: readonly NamePair[] = []): boolean {
  if (!text.includes('class')) return false;
  const found = membersIn(text, pairs);
  return found.size > 1 && [...BUILT_IN, ...pairs].some(([start, stop]) => found.has(start) && found.has(stop));
}

const BEGINS = /\basync\b|\bset(?:Immediate|Interval|Timeout)\b|\.(?:connect|listen|run|start)\(/;

/** Whether a text can hold a class with a stop-like method, and something that a constructor could begin; the same kind of answer. */
export function mayHoldStop(text: string, pairs: readonly NamePair[] = []): boolean {
  if (!text.includes('class') || !BEGINS.test(text)) return false;
  const found = membersIn(text, pairs);
  return found.size > 0 && [...BUILT_IN, ...pairs].some(([, stop]) => found.has(stop));
}

/** Whether a text can hold a timer; the same kind of answer. */
export function mayHoldTimer(text: string): boolean {
  return text.includes('setInterval') || text.includes('setTimeout');
}

/** Whether a text can send a signal to a process; the same kind of answer. */
export function mayHoldKill(text: string): boolean {
  return /\bkill\b/i.test(text);
}

/** Whether a text can handle a shutdown signal; the same kind of answer. */
export function mayHoldSignal(text: string): boolean {
  return /\bSIG[A-Z]/.test(text);
}

/** What a file must be able to hold for a rule or codemod to look at it; kills, signals and timers may also stand outside a class. */
export type LooksAt = keyof typeof MAY_HOLD;

const MAY_HOLD = { kills: mayHoldKill, services: mayHoldService, signals: mayHoldSignal, stoppables: mayHoldStop, timers: mayHoldTimer } as const;

export function mayHold(what: LooksAt, text: string, pairs: readonly NamePair[] = []): boolean {
  return MAY_HOLD[what](text, pairs);
}
