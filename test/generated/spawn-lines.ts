import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';

const TIMER = 'ReturnType<typeof setTimeout> | undefined';
const TASK = 'Promise<void> | undefined';

/** The last lines of start: what goes on after it. */
export function spawnLines(recipe: Recipe, names: Names): readonly string[] {
  return [...spawn(recipe, names), ...idle(recipe, names)];
}

function idle({ selfStop }: Recipe, names: Names): readonly string[] {
  if (selfStop !== 'idle timer') return [];
  return [`${names.field('idle', TIMER)} = setTimeout(() => void this.stop(), 60_000);`];
}

function spawn(recipe: Recipe, names: Names): readonly string[] {
  const loop = `this.${names.own('loop')}`;
  const tick = `this.${names.own('tick')}`;
  const onItem = `this.${names.own('onItem')}`;
  const set = names.field.bind(names, 'inFlight', 'Set<Promise<void>>', 'new Set()');
  const kept = (work: string): readonly string[] => [`const work = ${work};`, `${set()}.add(work);`, `void work.finally(() => ${set()}.delete(work));`];
  switch (recipe.spawn) {
    case 'none':
      return [];
    case 'loop by signal':
    case 'loop with catch': {
      const caught = recipe.spawn === 'loop with catch' ? `.catch((error: unknown) => { ${names.deps}.logger.error(error) })` : '';
      return [
        `${names.field('abort', 'AbortController | undefined')} = new AbortController();`,
        `${names.field('task', TASK)} = ${loop}(${names.field('abort', '')}.signal)${caught};`,
      ];
    }
    case 'loop without a field':
      return [
        `${names.field('abort', 'AbortController | undefined')} = new AbortController();`,
        `${names.field('ended', TASK)} = new Promise((resolve) => {`,
        `void ${loop}(${names.field('abort', '')}!.signal).then(resolve, resolve);`,
        '});',
      ];
    case 'loop by flag':
      return [`${names.field('looping', 'boolean', 'false')} = true;`, `${names.field('task', TASK)} = ${loop}();`];
    case 'interval':
      return [
        `${names.field('timer', TIMER)} = setInterval(() => {`,
        `${names.field('task', TASK)} ??= ${tick}().finally(() => { ${names.field('task', TASK)} = undefined });`,
        '}, 1_000);',
      ];
    case 'set of ticks':
      return [`${names.field('timer', TIMER)} = setInterval(() => {`, ...kept(`${tick}()`), '}, 1_000);'];
    case 'self-arming timeout':
      return [`${names.field('looping', 'boolean', 'false')} = true;`, `this.${names.own('arm')}();`];
    case 'subscription':
      return [`${names.field('leave', '(() => void) | undefined')} = ${names.deps}.subscribe((item) => {`, ...kept(`${onItem}(item)`), '});'];
    case 'polled counter':
      return [`${names.field('leave', '(() => void) | undefined')} = ${names.deps}.subscribe((item) => void ${onItem}(item));`];
    case 'client':
      return [`${names.field('client', "Awaited<ReturnType<Outside['client']>> | undefined")} = await ${names.deps}.client((item) => ${onItem}(item));`];
    case 'client with options':
      return [`${names.field('client', "Awaited<ReturnType<Outside['client']>> | undefined")} = await ${names.deps}.client(async (item) => {`, `await ${onItem}(item);`, '});'];
    case 'pool':
      return [
        `const pool = ${names.deps}.pool();`,
        `${names.field('pool', "ReturnType<Outside['pool']> | undefined")} = pool;`,
        `${names.field('leave', '(() => void) | undefined')} = ${names.deps}.subscribe((item) => pool.run(() => ${onItem}(item)));`,
      ];
  }
}
