import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';

/** The lines of a start or stop, in the three parts between which a partial lock may begin or end. */
export interface Body {
  readonly check: readonly string[];
  readonly work: readonly string[];
  readonly rest: readonly string[];
}

/** `start` or `stop` with this body: a method, an arrow function in a field, or one that hands on to a half of the class's own. */
export function writeLifecycleMethod(recipe: Recipe, names: Names, side: 'start' | 'stop', body: Body, result: string): readonly string[] {
  const type = `Promise<${result}>`;
  const hasHalf = recipe.restart === 'halves' || recipe.member === 'plain promise';
  const all = [...body.check, ...body.work, ...body.rest];
  if (hasHalf) {
    const half = names.helper(side === 'start' ? 'begin' : 'end', all, result);
    const lines = locked(recipe, names, side, { check: [], work: [`return ${half}();`], rest: [] });
    return ['', `${recipe.member === 'plain promise' ? '' : 'async '}${side}(): ${type} {`, ...lines, '}'];
  }
  const lines = locked(recipe, names, side, body);
  if (recipe.member === 'arrow') return ['', `${side} = async (): ${type} => {`, ...lines, '};'];
  return ['', `async ${side}(): ${type} {`, ...lines, '}'];
}

/** The body with as much of the lock as the class has already. */
function locked({ lock }: Recipe, names: Names, side: 'start' | 'stop', { check, work, rest }: Body): readonly string[] {
  const all = [...check, ...work, ...rest];
  const hold = (how: string, lines: readonly string[]): readonly string[] => [
    `${how}${names.field('mutex', 'Mutex', 'new Mutex()')}.runExclusive(async () => {`,
    ...lines,
    '});',
  ];
  switch (lock) {
    case 'none':
      return all;
    case 'start only':
      return side === 'start' ? hold('return ', all) : all;
    case 'both':
      return hold('return ', all);
    case 'check before':
      return [...check, ...hold('return ', [...work, ...rest])];
    case 'half':
      return side === 'start' ? hold('return ', all) : [...check, ...work, ...hold('await ', rest)];
    case 'not awaited':
      return side === 'start' ? hold('void ', all) : hold('return ', all);
    case 'stop drains outside':
      return side === 'start' ? hold('return ', all) : [...hold('await ', [...check, ...work]), ...rest];
  }
}
