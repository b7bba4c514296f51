/** What the explorer does at one point of a run. */
export type Action =
  /** A client calls a method of the service: start, stop, dispose or restart. */
  | { readonly kind: 'call'; readonly client: string; readonly method: Method }
  /** Somebody does one of the driver's operations. */
  | { readonly kind: 'operate'; readonly name: string }
  /** A pending call of the world: answered, failed, or left for good. `nth` counts those of one name, oldest first, from 1. */
  | { readonly kind: 'answer' | 'fail' | 'hang'; readonly name: string; readonly nth: number }
  /** Time passes until the next timer fires. */
  | { readonly kind: 'time' };

export type Method = 'dispose' | 'restart' | 'start' | 'stop';

/** One action, and how many microtask turns pass before the next one; `undefined` lets everything settle. */
export interface Step {
  readonly action: Action;
  readonly turns?: number;
}

/** As text: `a start; b stop +2; answer open room; fail close tunnel 2; hang ping; do submit; time`. */
export function printSchedule(steps: readonly Step[]): string {
  return steps.map(printStep).join('; ');
}

/** The reverse of `printSchedule`. Throws a `SyntaxError` for a step it cannot read. */
export function parseSchedule(text: string): Step[] {
  const steps = text.split(';').map((step) => step.trim());
  return steps.filter((step) => step !== '').map(parseStep);
}

function printStep({ action, turns }: Step): string {
  return turns === undefined ? printAction(action) : `${printAction(action)} +${turns}`;
}

function printAction(action: Action): string {
  switch (action.kind) {
    case 'call':
      return `${action.client} ${action.method}`;
    case 'operate':
      return `do ${action.name}`;
    case 'time':
      return 'time';
    default:
      return action.nth === 1 ? `${action.kind} ${action.name}` : `${action.kind} ${action.name} ${action.nth}`;
  }
}

function parseStep(text: string): Step {
  const [, words = '', turns] = /^(.*?)(?: \+(\d+))?$/.exec(text) ?? [];
  const action = parseAction(words);
  return turns === undefined ? { action } : { action, turns: Number(turns) };
}

function parseAction(text: string): Action {
  if (text === 'time') return { kind: 'time' };
  const operation = /^do (.+)$/.exec(text)?.[1];
  if (operation !== undefined) return { kind: 'operate', name: operation };
  const call = /^(answer|fail|hang) (.+?)(?: (\d+))?$/.exec(text);
  if (call !== null) {
    const [, kind, name = '', nth = '1'] = call;
    return { kind: kind as 'answer' | 'fail' | 'hang', name, nth: Number(nth) };
  }
  const method = /^(\w+) (dispose|restart|start|stop)$/.exec(text);
  if (method === null) throw new SyntaxError(`not a step of a schedule: ${text}`);
  const [, client = '', name] = method;
  return { kind: 'call', client, method: name as Method };
}
