import type { Names } from './names.ts';
import type { Recipe } from './recipe.ts';

/** One thing that start opens: the lines that open it, and what closes and drops it. */
export interface Held {
  readonly field: string;
  readonly acquire: readonly string[];
  readonly close: string;
  readonly drop: string;
}

const COUNT = { none: 0, one: 1, two: 2, three: 3 };
const CLOSABLE = "Awaited<ReturnType<Outside['connect']>> | undefined";

export function resourcesOf(recipe: Recipe, names: Names): readonly Held[] {
  const { resources } = recipe;
  if (resources === 'socket' || resources === 'socket that closes' || resources === 'socket with signal') return [socketOf(recipe, names)];
  if (resources === 'deferred') return [deferredOf(names)];
  return ['first', 'second', 'third'].slice(0, COUNT[resources]).map((name) => {
    const field = names.field(name, CLOSABLE);
    return { field, acquire: [`${field} = await ${names.deps}.connect('${name}');`], close: `await ${field}?.close();`, drop: `${field} = undefined;` };
  });
}

/** A socket is in its field while it opens: stop can cut that short. */
function socketOf({ resources, selfStop }: Recipe, names: Names): Held {
  const field = names.field('socket', "ReturnType<Outside['socket']> | undefined");
  const listen = selfStop === 'close event' ? [`${field}.onClose(() => void this.stop());`] : [];
  const made = [`${field} = ${names.deps}.socket();`, ...listen];
  const drop = `${field} = undefined;`;
  if (resources !== 'socket with signal')
    return { field, acquire: [...made, `await ${field}.open();`], close: resources === 'socket' ? `${field}?.destroy();` : `await ${field}?.close();`, drop };
  const dialing = names.field('dialing', 'AbortController | undefined');
  return {
    field,
    acquire: [...made, `${dialing} = new AbortController();`, `await ${field}.open(${dialing}.signal);`],
    close: `await ${field}?.close();`,
    drop,
  };
}

/** What is waited for is settled by hand, and stop can do so too. */
function deferredOf(names: Names): Held {
  const field = names.field('first', CLOSABLE);
  const waiting = names.field('waiting', '{ cancel?: () => void }', '{}');
  const acquire = [
    'await new Promise<void>((resolve, reject) => {',
    `${waiting}.cancel = () => { reject(new Error('cancelled')) };`,
    `${names.deps}.connect('first').then((made) => { ${field} = made; resolve() }, reject);`,
    '});',
  ];
  return { field, acquire, close: `await ${field}?.close();`, drop: `${field} = undefined;` };
}
