import { writeLifecycleMethod } from './lifecycle-method.ts';
import type { Names } from './names.ts';
import { resourcesOf } from './resources-of.ts';
import type { Recipe } from './recipe.ts';
import { spawnLines } from './spawn-lines.ts';

const STATE = "'running' | 'starting' | 'stopped' | 'stopping'";

/** The members that start it: `start`, with the helpers that it needs. */
export function writeStart(recipe: Recipe, names: Names): readonly string[] {
  const { guard } = recipe;
  const { before, after, undo } = guardOf(recipe, names);
  const acquire = rolledBack(recipe, names, acquireLines(recipe, names), undo);
  const acquired = recipe.helpers === 'none' || acquire.length === 0 ? acquire : [`await ${openHelper(recipe, names, acquire)}();`];
  const early = `if (!${names.deps}.enabled) return${valueOf(recipe, 'off')};`;
  const hook = recipe.base === 'hooks' ? ['await this.onOpen();'] : [];
  const kept = recipe.rollback === 'stop kept' ? [`await ${names.field('stopped', 'Promise<void> | undefined')};`] : [];
  const check = [...(recipe.early === 'before' ? [early] : []), ...kept, ...before];
  const work = [
    ...(recipe.early === 'after an await' ? [`if (!(await ${names.deps}.ready())) return${valueOf(recipe, 'not ready')};`] : []),
    ...hook,
    ...acquired,
    ...(guard === 'give up' ? [`if (${names.field('stopping', 'boolean', 'false')}) return${valueOf(recipe, 'given up')};`] : []),
    ...after,
  ];
  const spawned = spawnLines(recipe, names);
  const value = recipe.value === 'text' ? ["return 'started';"] : [];
  const result = recipe.value === 'text' ? 'string' : 'void';
  if (guard === 'memo' || guard === 'joined memo') {
    const memo = names.field('starting', `Promise<${result}> | undefined`);
    const once = names.helper('startOnce', [...check, ...work, ...spawned, ...value], result);
    return writeLifecycleMethod(recipe, names, 'start', { check: [], work: [`${memo} ??= ${once}();`], rest: [`return ${memo};`] }, result);
  }
  const body = { check, work, rest: [...spawned, ...value] };
  const whole = { check: [], work: [`if (!${running(names)}) {`, ...check, ...work, ...spawned, '}'], rest: value };
  return writeLifecycleMethod(recipe, names, 'start', guard === 'inverse' ? whole : body, result);
}

function valueOf({ value }: Recipe, text: string): string {
  return value === 'text' ? ` '${text}'` : '';
}

function running(names: Names): string {
  return names.field('running', 'boolean', 'false');
}

/** What stands before and after what is acquired, and what takes it back when that fails. */
function guardOf(recipe: Recipe, names: Names): { readonly before: readonly string[]; readonly after: readonly string[]; readonly undo: readonly string[] } {
  const left = `return${valueOf(recipe, 'was started')};`;
  switch (recipe.guard) {
    case 'none':
      return { before: [], after: [], undo: [] };
    case 'late flag':
    case 'give up': {
      const reset = recipe.guard === 'give up' ? [`${names.field('stopping', 'boolean', 'false')} = false;`] : [];
      return { before: [`if (${running(names)}) ${left}`, ...reset], after: [`${running(names)} = true;`], undo: [] };
    }
    case 'late flag that throws':
      return { before: [`if (${running(names)}) throw new Error('already started');`], after: [`${running(names)} = true;`], undo: [] };
    case 'inverse':
      return { before: [], after: [`${running(names)} = true;`], undo: [] };
    case 'early flag':
      return { before: [`if (${running(names)}) ${left}`, `${running(names)} = true;`], after: [], undo: [`${running(names)} = false;`] };
    case 'handle':
      return { before: [`if (${resourcesOf(recipe, names)[0]?.field ?? 'this.deps'} !== undefined) ${left}`], after: [], undo: [] };
    case 'state': {
      const state = names.field('state', STATE, "'stopped'");
      return { before: [`if (${state} !== 'stopped') ${left}`, `${state} = 'starting';`], after: [`${state} = 'running';`], undo: [`${state} = 'stopped';`] };
    }
    case 'memo':
    case 'joined memo':
      return { before: [], after: [], undo: [`${names.field('starting', 'Promise<void> | undefined')} = undefined;`] };
    case 'epoch': {
      const epoch = names.field('epoch', 'number', '0');
      const check = [`if (run !== ${epoch}) {`, ...resourcesOf(recipe, names).map(({ close }) => close), left, '}'];
      return { before: [`if (${running(names)}) ${left}`, `const run = ++${epoch};`], after: [...check, `${running(names)} = true;`], undo: [] };
    }
  }
}

function acquireLines(recipe: Recipe, names: Names): readonly string[] {
  return resourcesOf(recipe, names).flatMap(({ acquire }) => acquire);
}

function rolledBack(recipe: Recipe, names: Names, acquire: readonly string[], undo: readonly string[]): readonly string[] {
  const held = resourcesOf(recipe, names);
  if (acquire.length === 0) return acquire;
  const caught = (lines: readonly string[]): readonly string[] => ['try {', ...acquire, '} catch (error) {', ...lines, ...undo, 'throw error;', '}'];
  switch (recipe.rollback) {
    case 'none':
      return acquire;
    case 'close':
      return caught(held.toReversed().flatMap(({ close, drop }) => [close, drop]));
    case 'stop':
      return caught(['await this.stop();']);
    case 'stop un-awaited':
      return caught([`void this.stop().catch((reason: unknown) => ${names.deps}.logger.error(reason));`]);
    case 'stop kept':
      return caught([`${names.field('stopped', 'Promise<void> | undefined')} = this.stop();`]);
    case 'stop by then':
      return caught(['let done = (): void => undefined;', 'const ended = new Promise<void>((resolve) => { done = resolve });', 'void this.stop().then(done);', 'await ended;']);
    case 'undo list':
    case 'undo by stop': {
      const each = recipe.rollback === 'undo by stop' ? ['this.stop()'] : held.map(({ field }) => `Promise.resolve(${field}?.close())`);
      const list = recipe.rollback === 'undo by stop' ? names.field('undo', '(() => Promise<void>)[]', '[]') : 'undo';
      const declared = list === 'undo' ? ['const undo: (() => Promise<void>)[] = [];'] : [];
      const pushed = each.map((call) => `${list}.push(() => ${call});`);
      return [...declared, ...pushed, ...caught([`for (const one of ${list}) await one();`, ...held.map(({ drop }) => drop)])];
    }
  }
}

function openHelper({ helpers }: Recipe, names: Names, acquire: readonly string[]): string {
  const inner = names.helper('open', acquire);
  return helpers === 'two' ? names.helper('openAll', [`${names.deps}.logger.debug('opening');`, `await ${inner}();`]) : inner;
}
