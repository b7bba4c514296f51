import type { Val, Vals } from './state.ts';

const NOTHING = new Set(['null', 'undefined']);

/** Whether two values are equal; undefined where that cannot be told. `loosely` takes null for undefined. */
export function compare(first: Vals, second: Vals, loosely: boolean): boolean | undefined {
  const found = first.flatMap((one) => second.map((other) => compareOne(one, other, loosely)));
  return found.every((one) => one === found[0]) ? found[0] : undefined;
}

function compareOne(first: Val, second: Val, loosely: boolean): boolean | undefined {
  if (first.kind === 'constant' && second.kind === 'constant') return compareKeys(first.key, second.key, loosely);
  const [known, made] = first.kind === 'constant' ? [first, second] : [second, first];
  if (known.kind !== 'constant' || made.kind === 'other' || made.kind === 'outcome' || isNamed(known.key)) return undefined;
  return false;
}

function compareKeys(first: string, second: string, loosely: boolean): boolean | undefined {
  if (first === second || (loosely && NOTHING.has(first) && NOTHING.has(second))) return true;
  if (isNamed(first) !== isNamed(second)) return NOTHING.has(first) || NOTHING.has(second) ? false : undefined;
  return isNamed(first) && first.split('.', 1)[0] !== second.split('.', 1)[0] ? undefined : false;
}

/** `State.Running`, `RUNNING`: a constant whose value is elsewhere. */
function isNamed(key: string): boolean {
  return /^[A-Z]/.test(key) && key !== 'NaN';
}
