/** What a generated service can be made of: for each question, the answers. The first answer is the plainest. */
export const PARTS = {
  guard: ['none', 'late flag', 'late flag that throws', 'early flag', 'handle', 'state', 'memo', 'joined memo', 'inverse', 'epoch', 'give up'],
  spawn: [
    'none',
    'loop by signal',
    'loop by flag',
    'loop with catch',
    'loop without a field',
    'interval',
    'set of ticks',
    'self-arming timeout',
    'subscription',
    'polled counter',
    'client',
    'client with options',
    'pool',
  ],
  resources: ['none', 'one', 'two', 'three', 'socket', 'socket that closes', 'socket with signal', 'deferred'],
  rollback: ['none', 'close', 'stop', 'stop un-awaited', 'stop kept', 'stop by then', 'undo list', 'undo by stop'],
  flag: ['first', 'after the drain', 'last'],
  stopGuard: ['yes', 'no'],
  drain: ['await', 'all', 'allSettled', 'helper', 'catch', 'local', 'loop', 'deadline', 'return'],
  close: ['in turn', 'at once', 'swapped', 'finally'],
  restart: ['none', 'in turn', 'halves', 'un-awaited'],
  early: ['none', 'before', 'after an await'],
  helpers: ['none', 'one', 'two'],
  base: ['none', 'hooks', 'owns start', 'overridden stop'],
  selfStop: ['none', 'un-awaited', 'awaited', 'caught', 'kept', 'idle timer', 'by restart', 'close event'],
  member: ['method', 'arrow', 'plain promise'],
  value: ['none', 'text'],
  lock: ['none', 'start only', 'half', 'check before', 'both', 'not awaited', 'stop drains outside'],
  privacy: ['private', '#'],
  semicolons: ['yes', 'no'],
} as const;

/** One answer to each question. */
export type Recipe = { readonly [Part in keyof typeof PARTS]: (typeof PARTS)[Part][number] };

/** How the codemods are told to do it. */
export const MANNERS = [{}, { style: 'wrap' }, { style: 'using' }, { lock: 'inline' }, { packages: ['es-toolkit'] }] as const;

const NAMES = Object.keys(PARTS) as (keyof Recipe)[];

/** A deterministic stream of whole numbers below a limit. */
export function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** `count` recipes in which as many pairs of answers as possible occur. The same seed gives the same recipes. */
export function recipes(count: number, seed: number): readonly Recipe[] {
  const next = numbers(seed);
  const covered = new Set<string>();
  return Array.from({ length: count }, () => {
    const drawn = Array.from({ length: 3 }, () => draw(next));
    const best = drawn.reduce((one, other) => (news(other, covered) > news(one, covered) ? other : one));
    for (const pair of pairsOf(best)) covered.add(pair);
    return best;
  });
}

/** Most classes have but a few unusual traits: a class with all of them is left alone for the first. */
function draw(next: (limit: number) => number): Recipe {
  const unusual = new Set<keyof Recipe>(['base', 'early', 'helpers', 'lock', 'member', 'restart', 'rollback', 'selfStop']);
  const chosen = NAMES.map((name) => {
    const answers = PARTS[name];
    const isPlain = unusual.has(name) && next(4) !== 0;
    const usual = name === 'resources' && next(3) !== 0 ? 4 : name === 'guard' && next(3) !== 0 ? 9 : answers.length;
    return [name, isPlain ? answers[0] : answers[next(usual)]];
  });
  return possible(Object.fromEntries(chosen) as Recipe);
}

/** The nearest recipe that makes sense: a guard needs something to test, a base class cannot see `#private` members. */
export function possible(recipe: Recipe): Recipe {
  const made = { ...recipe };
  const needsSomething = made.guard === 'handle' || made.spawn === 'none' || made.selfStop === 'close event';
  if (needsSomething && made.resources === 'none') made.resources = 'one';
  if (made.selfStop === 'close event' && !made.resources.startsWith('socket')) made.resources = 'socket';
  if (made.base !== 'none') Object.assign(made, { privacy: 'private', member: 'method' });
  if (made.lock !== 'none' && made.member === 'plain promise') made.member = 'method';
  if (made.lock === 'not awaited') made.value = 'none';
  if (made.selfStop === 'by restart' && made.restart === 'none') made.restart = 'in turn';
  return made;
}

function pairsOf(recipe: Recipe): readonly string[] {
  return NAMES.flatMap((one, index) => NAMES.slice(index + 1).map((other) => `${one}=${recipe[one]} ${other}=${recipe[other]}`));
}

function news(recipe: Recipe, covered: ReadonlySet<string>): number {
  return pairsOf(recipe).filter((pair) => !covered.has(pair)).length;
}
