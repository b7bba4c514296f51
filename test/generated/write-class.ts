import { Names } from './names.ts';
import type { Recipe } from './recipe.ts';
import { writeStart } from './write-start.ts';
import { writeStop } from './write-stop.ts';
import { writeWork } from './write-work.ts';

const SERVICE = 'Service';

/** The TypeScript text of the class that a recipe describes. */
export function writeClass(recipe: Recipe): string {
  const names = new Names(recipe);
  const start = writeStart(recipe, names);
  const stop = writeStop(recipe, names);
  const more = [...writeWork(recipe, names), ...restart(recipe, names), ...names.helpers];
  const overridden = recipe.base === 'overridden stop' ? ["override async stop(): Promise<void> {", "this.deps.logger.info('stopping');", 'await super.stop();', '}'] : [];
  const members = [...names.fields(), '', ...start, ...(recipe.base === 'owns start' ? [] : stop), ...more];
  const own = recipe.base === 'owns start' ? stop : overridden;
  const head = recipe.base === 'none' ? `export class ${SERVICE} {` : `${recipe.base === 'hooks' ? 'abstract ' : ''}class Base {`;
  const classes = [head, ...names.constructorLines(), ...members, '}'];
  if (recipe.base === 'hooks') {
    classes.splice(-1, 0, 'protected abstract onOpen(): Promise<void>;');
    classes.push('', `export class ${SERVICE} extends Base {`, 'protected async onOpen(): Promise<void> {', 'await this.deps.ready();', '}', '}');
  } else if (recipe.base !== 'none') classes.push('', `export class ${SERVICE} extends Base {`, ...own, '}');
  const imports = ["import type { Outside } from './outside.ts';", ...(recipe.lock === 'none' ? [] : ["import { Mutex } from 'async-mutex';"]), ''];
  return layOut([...imports, ...classes], recipe);
}

function restart({ restart: form }: Recipe, names: Names): readonly string[] {
  if (form === 'none') return [];
  if (form === 'halves') return ['', 'async restart(): Promise<void> {', `await ${names.half('stop')}();`, `await ${names.half('start')}();`, '}'];
  if (form === 'un-awaited') return ['', 'async restart(): Promise<void> {', 'await this.stop();', `this.start().catch((error: unknown) => ${names.deps}.logger.error(error));`, '}'];
  return ['', 'async restart(): Promise<void> {', 'await this.stop();', 'await this.start();', '}'];
}

/** Indents by what the lines open and close, and takes the semicolons away where the recipe has none. */
function layOut(lines: readonly string[], { semicolons }: Recipe): string {
  let depth = 0;
  const laid = lines.map((line) => {
    const closes = /^[})\]]/.test(line) ? 1 : 0;
    const text = line === '' ? '' : '  '.repeat(Math.max(0, depth - closes)) + (semicolons === 'yes' ? line : line.replace(/;$/, ''));
    depth += Math.sign((line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length);
    return text;
  });
  return `${laid.join('\n')}\n`;
}
