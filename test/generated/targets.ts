import { MANNERS, recipes, type Recipe } from './recipe.ts';
import { scenariosOf } from './scenarios.ts';
import type { Target } from './attack.ts';
import { writeClass } from './write-class.ts';

/** `count` generated classes; the same seed gives the same ones. */
export function targets(count: number, seed: number): readonly Target[] {
  return recipes(count, seed).map((recipe, index) => ({
    ...targetOf(`${index}: ${describe(recipe)}`, recipe),
    options: MANNERS[index % MANNERS.length] ?? {},
  }));
}

/** The class of a recipe, for the codemods as they are by default. */
export function targetOf(name: string, recipe: Recipe): Target {
  return { name, text: writeClass(recipe), scenarios: scenariosOf(recipe), isExact: isExact(recipe), options: {} };
}

function describe(recipe: Recipe): string {
  const parts = Object.entries(recipe).filter(([, answer]) => answer !== 'none');
  return parts.map(([part, answer]) => `${part} ${answer}`).join(', ');
}

function isExact({ selfStop, rollback, resources, guard }: Recipe): boolean {
  return selfStop === 'none' && rollback !== 'stop un-awaited' && resources !== 'socket with signal' && guard !== 'epoch' && guard !== 'give up';
}
