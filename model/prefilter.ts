import { PAIRS } from './pairs.ts';

type NamePair = readonly [start: string, stop: string];

const BUILT_IN = PAIRS.map(({ start, stop }): NamePair => [start, bare(stop)]);
const patterns = new Map<string, RegExp>();

/** `Symbol.asyncDispose` for `[Symbol.asyncDispose]`. */
function bare(name: string): string {
  return name.replace(/^\[(.+)\]$/, '$1');
}

/** Matches in one way only: a comment that could be split in several would take for ever after a line of slashes. */
const COMMENT = String.raw`/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|//.*(?:[\n\r\u2028\u2029]|$)`;

/** A name where a member may be declared: not after a dot, and before what can follow a member's name. */
function memberPattern(pairs: readonly NamePair[]): RegExp {
  const names = [...new Set(pairs.flat())].map((name) => name.replaceAll(/[$.]/g, String.raw`\$&`));
  return new RegExp(String.raw`(?<![.\w$#])(${names.join('|')})['"\x60]?\]?(?:\s|${COMMENT})*[(<=:?!]`, 'g');
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
function mayHoldTimer(text: string): boolean {
  return text.includes('setInterval') || text.includes('setTimeout');
}

/** Whether a text can send a signal to a process; the same kind of answer. */
function mayHoldKill(text: string): boolean {
  return /\bkill\b/.test(text);
}

/** Whether a text can handle a shutdown signal; the same kind of answer. */
export function mayHoldSignal(text: string): boolean {
  return /\bSIG(?:BREAK|HUP|INT|QUIT|TERM)\b/.test(text) && /\bprocess\b/.test(text);
}

/** `bus.start(` where a statement may begin, and in a list of promises. */
function startsPattern(names: readonly string[]): RegExp {
  const verbs = names.map((name) => name.replaceAll('$', String.raw`\$`)).join('|');
  return new RegExp(String.raw`(?:^|[;{}]|\bawait\b|\bPromise\.all\w*\(\s*\[[^\]]*)\s*\(?[\w$]+[)!?]*\.(?:${verbs})\s*\(`, 'm');
}

const STARTS = ['connect', 'listen', 'open', 'start', 'startup'];
const started = startsPattern(STARTS);
const PROVIDES =
  /\b(?:asFunction|toDynamicValue|useFactory|(?:function|const|let|var)\s+(?:create|make|provide)\w*|(?:\w*container|injector|ioc)\s*\.\s*register\w*)\b/i;

/** Whether a text can leave a stop to the garbage collector or to the exit of the process; the same kind of answer. */
export function mayHoldFinalizer(text: string): boolean {
  return /\bFinalizationRegistry\b|\.deref\b|['"`]exit['"`]|['"](?:exit-hook|signal-exit)['"]/.test(text);
}

/** Whether a text can hold a provider or factory that starts what it hands out; the same kind of answer. */
export function mayHoldProvider(text: string): boolean {
  return started.test(text) && PROVIDES.test(text);
}

/** Whether a text can start something and stop it again; the same kind of answer. */
export function mayHoldStart(text: string, pairs: readonly NamePair[] = []): boolean {
  const pattern = pairs.length === 0 ? started : startsPattern([...STARTS, ...pairs.map(([start]) => start)]);
  return (/\bawait\b/.test(text) && pattern.test(text)) || /\bnew\s+(?:Async)?DisposableStack\b/.test(text) || /\bfinally\s*\{\s*(?:[^{}]*;)?\s*(?:if\b|await\b[^;{}]*\?\.)/.test(text);
}

/** What a file must be able to hold for a rule or codemod to look at it; all but services and stoppables may also stand outside a class. */
export type LooksAt = keyof typeof MAY_HOLD;

const MAY_HOLD = {
  finalizers: mayHoldFinalizer,
  kills: mayHoldKill,
  providers: mayHoldProvider,
  services: mayHoldService,
  signals: mayHoldSignal,
  starts: mayHoldStart,
  stoppables: mayHoldStop,
  timers: mayHoldTimer,
} as const;

export function mayHold(what: LooksAt, text: string, pairs: readonly NamePair[] = []): boolean {
  return MAY_HOLD[what](text, pairs);
}
