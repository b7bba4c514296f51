import { PARTS, possible, type Recipe } from './recipe.ts';

const PLAIN = Object.fromEntries(Object.entries(PARTS).map(([part, answers]) => [part, answers[0]])) as unknown as Recipe;

function shape(answers: Partial<Recipe>): Recipe {
  return possible({ ...PLAIN, guard: 'late flag', resources: 'one', ...answers });
}

/** Services that a lock over start and stop has made worse before: each is to be left alone, with a reason that says this. */
export const LEFT_SHAPES: Readonly<Record<string, { readonly recipe: Recipe; readonly why: RegExp; readonly isInline?: boolean }>> = {
  'stop ends a start that hangs by destroying its socket': { recipe: shape({ resources: 'socket' }), why: /give up.*\(this\.socket\)/ },
  'stop aborts a start that hangs, two helpers down, and not first': {
    recipe: shape({ resources: 'socket with signal', helpers: 'two', guard: 'epoch' }),
    why: /give up.*\(this\.dialing\)/,
  },
  'stop settles a promise that start waits for, kept in an object': { recipe: shape({ resources: 'deferred' }), why: /waits until stop\(\) calls this\.waiting/ },
  'start puts stop on the list that it empties when it fails': { recipe: shape({ rollback: 'undo by stop' }), why: /cannot be told whether the lock is held/ },
  'start waits in another way for a stop that it only calls': { recipe: shape({ rollback: 'stop by then' }), why: /cannot be told whether the lock is held/ },
  'start keeps the promise of its stop for the next start to await': { recipe: shape({ rollback: 'stop kept' }), why: /cannot be told whether the lock is held/ },
  'start fails and leaves its stop to itself': { recipe: shape({ rollback: 'stop un-awaited' }), why: /also end what a later start has begun/ },
  'stop polls a counter of work that awaits stop': { recipe: shape({ spawn: 'polled counter', selfStop: 'awaited' }), why: /may be waiting for it/ },
  'stop ends a pool whose work awaits stop': { recipe: shape({ spawn: 'pool', selfStop: 'awaited' }), why: /may be waiting for it/ },
  'stop ends a client that waits for its handlers': { recipe: shape({ spawn: 'client', selfStop: 'awaited' }), why: /cannot be told whether the lock is held/ },
  'stop ends a client that waits for its handlers, which are functions of their own': {
    recipe: shape({ spawn: 'client with options', selfStop: 'awaited' }),
    why: /cannot be told whether the lock is held/,
  },
  'stop closes the socket whose close event calls stop': {
    recipe: shape({ resources: 'socket that closes', selfStop: 'close event' }),
    why: /whose handler calls this\.stop\(\) again/,
  },
  'the inline lock would take a timer that calls stop during start for a deadlock': {
    recipe: shape({ selfStop: 'idle timer' }),
    why: /inline lock would take for a deadlock/,
    isInline: true,
  },
};

/** Services that once came out faulty and are now mended. */
export const MENDED_SHAPES: Readonly<Record<string, Recipe>> = {
  'restart calls the halves of stop and start': shape({ restart: 'halves' }),
  'the work calls a restart that calls the halves': shape({ restart: 'halves', selfStop: 'by restart', spawn: 'subscription' }),
  'restart, stop and start are fields': shape({ restart: 'halves', member: 'arrow', privacy: '#' }),
  'stop looks before its lock at what start sets late': shape({ guard: 'handle', lock: 'check before', resources: 'two' }),
};
