import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';

/** The lines of stop that wait for the work to end. */
export function drainLines(recipe: Recipe, names: Names): readonly string[] {
  const target = targetOf(recipe, names);
  if (target === undefined) return [];
  if (recipe.spawn === 'polled counter') return polled(recipe, names, target.one);
  const { one, drop } = target;
  switch (recipe.drain) {
    case 'await':
    case 'return':
      return [`await ${one};`, ...drop];
    case 'all':
      return [`await Promise.all([${one}]);`, ...drop];
    case 'allSettled':
      return [`await Promise.allSettled([${one}]);`, ...drop];
    case 'helper':
      return [`await ${names.helper('drain', [`await ${one};`, ...drop])}();`];
    case 'catch':
      return [`await Promise.resolve(${one}).catch((error: unknown) => ${names.deps}.logger.error(error));`, ...drop];
    case 'local':
      return [`const work = ${one};`, ...drop, 'await work;'];
    case 'loop':
      return [`for (const work of [${one}]) await work;`, ...drop];
    case 'deadline': {
      const timer = 'let timer: ReturnType<typeof setTimeout> | undefined;';
      const late = "const late = new Promise<never>((_, reject) => { timer = setTimeout(() => { reject(new Error('timed out')) }, 600_000) });";
      return [timer, late, 'try {', `await Promise.race([${one}, late]);`, '} finally {', 'clearTimeout(timer);', '}', ...drop];
    }
  }
}

function polled({ drain }: Recipe, names: Names, active: string): readonly string[] {
  const lines = [`while (${active} > 0) await ${names.deps}.pause(10);`];
  return drain === 'helper' ? [`await ${names.helper('drain', lines)}();`] : lines;
}

/** One expression that is settled when the work is done, and what forgets it afterwards. */
function targetOf({ spawn }: Recipe, names: Names): { readonly one: string; readonly drop: readonly string[] } | undefined {
  const field = (name: string, type: string, value?: string): { readonly one: string; readonly drop: readonly string[] } => {
    const one = names.field(name, type, value);
    return { one, drop: [`${one} = undefined;`] };
  };
  switch (spawn) {
    case 'none':
      return undefined;
    case 'loop by signal':
    case 'loop with catch':
    case 'loop by flag':
    case 'self-arming timeout':
    case 'interval':
      return field('task', 'Promise<void> | undefined');
    case 'loop without a field':
      return field('ended', 'Promise<void> | undefined');
    case 'set of ticks':
    case 'subscription':
      return { one: `Promise.all([...${names.field('inFlight', 'Set<Promise<void>>', 'new Set()')}])`, drop: [] };
    case 'polled counter':
      return { one: names.field('active', 'number', '0'), drop: [] };
    case 'client':
    case 'client with options': {
      const { one, drop } = field('client', "Awaited<ReturnType<Outside['client']>> | undefined");
      return { one: `${one}?.end()`, drop };
    }
    case 'pool': {
      const { one, drop } = field('pool', "ReturnType<Outside['pool']> | undefined");
      return { one: `${one}?.end()`, drop };
    }
  }
}
