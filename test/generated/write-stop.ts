import { drainLines } from './drain-lines.ts';
import { writeLifecycleMethod } from './lifecycle-method.ts';
import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';
import { resourcesOf } from './resources-of.ts';

/** The members that stop it: `stop`, with the helpers that it needs. */
export function writeStop(recipe: Recipe, names: Names): readonly string[] {
  const { left, flags } = flagsOf(recipe, names);
  const ended = endLines(recipe, names);
  const drained = drainLines(recipe, names);
  const closed = closeLines(recipe, names);
  const shut = recipe.helpers === 'none' || closed.length === 0 ? closed : [`await ${names.helper('shut', closed)}();`];
  const at = (place: Recipe['flag']): readonly string[] => (recipe.flag === place ? flags : []);
  const rest = recipe.close === 'finally' && drained.length > 0 ? ['try {', ...drained, ...at('after the drain'), '} finally {', ...shut, '}'] : [...drained, ...at('after the drain'), ...shut];
  const body = { check: left, work: [...at('first'), ...ended], rest: [...rest, ...at('last')] };
  return writeLifecycleMethod(recipe, names, 'stop', body, 'void');
}

/** What turns a second stop away, and what lets the next start in. */
function flagsOf(recipe: Recipe, names: Names): { readonly left: readonly string[]; readonly flags: readonly string[] } {
  const isGuarded = recipe.stopGuard === 'yes';
  const guard = (condition: string): readonly string[] => (isGuarded ? [`if (${condition}) return;`] : []);
  const running = (): string => names.field('running', 'boolean', 'false');
  switch (recipe.guard) {
    case 'none':
      return { left: [], flags: [] };
    case 'give up':
      return { left: [`${names.field('stopping', 'boolean', 'false')} = true;`, ...guard(`!${running()}`)], flags: [`${running()} = false;`] };
    case 'epoch':
      return { left: [`${names.field('epoch', 'number', '0')}++;`, ...guard(`!${running()}`)], flags: [`${running()} = false;`] };
    case 'late flag':
    case 'late flag that throws':
    case 'early flag':
    case 'inverse':
      return { left: guard(`!${running()}`), flags: [`${running()} = false;`] };
    case 'handle':
      return { left: guard(`${resourcesOf(recipe, names)[0]?.field ?? 'this'} === undefined`), flags: [] };
    case 'state': {
      const state = names.field('state', 'string');
      return { left: [`if (${state} !== 'running') return;`, `${state} = 'stopping';`], flags: [`${state} = 'stopped';`] };
    }
    case 'memo':
    case 'joined memo': {
      const memo = names.field('starting', 'Promise<void> | undefined');
      const joined = recipe.guard === 'joined memo' ? [`await ${memo};`] : [];
      return { left: [...guard(`${memo} === undefined`), ...joined], flags: [`${memo} = undefined;`] };
    }
  }
}

/** What tells the work to end. */
function endLines(recipe: Recipe, names: Names): readonly string[] {
  const idle = recipe.selfStop === 'idle timer' ? [`clearTimeout(${names.field('idle', 'ReturnType<typeof setTimeout> | undefined')});`] : [];
  const dialing = recipe.resources === 'socket with signal' ? [`${names.field('dialing', 'AbortController | undefined')}?.abort();`] : [];
  const cancel = recipe.resources === 'deferred' ? [`${names.field('waiting', '')}.cancel?.();`] : [];
  return [...dialing, ...cancel, ...idle, ...endOfWork(recipe, names)];
}

function endOfWork({ spawn }: Recipe, names: Names): readonly string[] {
  const timer = (): string => names.field('timer', 'ReturnType<typeof setTimeout> | undefined');
  switch (spawn) {
    case 'loop by signal':
    case 'loop with catch':
    case 'loop without a field':
      return [`${names.field('abort', 'AbortController | undefined')}?.abort();`];
    case 'loop by flag':
      return [`${names.field('looping', 'boolean', 'false')} = false;`];
    case 'interval':
    case 'set of ticks':
      return [`clearInterval(${timer()});`, `${timer()} = undefined;`];
    case 'self-arming timeout':
      return [`${names.field('looping', 'boolean', 'false')} = false;`, `clearTimeout(${timer()});`];
    case 'subscription':
    case 'polled counter':
    case 'pool':
      return [`${names.field('leave', '(() => void) | undefined')}?.();`];
    case 'none':
    case 'client':
    case 'client with options':
      return [];
  }
}

function closeLines(recipe: Recipe, names: Names): readonly string[] {
  const held = resourcesOf(recipe, names).toReversed();
  switch (recipe.close) {
    case 'in turn':
    case 'finally':
      return held.flatMap(({ close, drop }) => [close, drop]);
    case 'at once':
      if (held.length === 0) return [];
      return [`await Promise.all([${held.map(({ close }) => close.replace(/^await |;$/g, '')).join(', ')}]);`, ...held.map(({ drop }) => drop)];
    case 'swapped':
      return held.flatMap(({ field, close, drop }, index) => [`const held${index} = ${field};`, drop, close.replace(`${field}?`, `held${index}?`)]);
  }
}
