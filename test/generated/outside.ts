import { keepGeneration } from '../services/generation.ts';
import type { World } from '../services/world.ts';

type Handler = (item: string) => unknown;

interface Closable {
  close(): Promise<void>;
}

interface Socket extends Closable {
  open(signal?: AbortSignal): Promise<void>;
  /** Ends it at once, also while it is still opening. */
  destroy(): void;
  onClose(listener: () => void): void;
}

/** What a generated service is given: everything outside it. */
export interface Outside {
  readonly enabled: boolean;
  connect(name: string): Promise<Closable>;
  ready(): Promise<boolean>;
  socket(): Socket;
  take(signal?: AbortSignal): Promise<string | undefined>;
  handle(item: string): Promise<void>;
  /** Answers `quit` once after the test has said so. */
  tick(): Promise<string>;
  pause(ms: number): Promise<void>;
  /** Resolves when something is asked for, and takes no answer meanwhile. */
  subscribe(handler: Handler): () => void;
  /** Both wait, when they are ended, for all that they were given to do. */
  client(handler: Handler): Promise<{ end(): Promise<void> }>;
  pool(): { run(work: () => unknown): void; end(): Promise<void> };
  readonly logger: World['logger'];
}

/** What a test can do to a generated service from outside, and see of it there. */
export interface Hand {
  /** Gives it something to do; `quit` is answered to one tick as well. */
  send(item: string): void;
  /** Lets the sockets that it listens to tell that they were closed. */
  drop(): void;
  /** How many handlers it has out there. */
  readonly listening: number;
  /** Whether nobody has been told to quit who was to be. */
  readonly isQuitPending: boolean;
}

/** A world as a generated service sees it. */
export function outsideOf(world: World): { readonly outside: Outside; readonly hand: Hand } {
  const sockets: (() => void)[] = [];
  const items = world.channel<string>('take');
  const handlers = new Set<Handler>();
  let says = 'tock';
  const listen = (handler: Handler): (() => void) => {
    const kept = keepGeneration(handler);
    handlers.add(kept);
    return () => handlers.delete(kept);
  };
  const outside: Outside = {
    enabled: true,
    connect: (name) => world.call(`connect ${name}`, () => world.resource(name)),
    ready: () => world.call('ready', () => true),
    socket: () => {
      const { socket, emit } = socketIn(world);
      sockets.push(emit);
      return socket;
    },
    take: (signal) => items.take(signal),
    handle: (item) => world.call(`handle ${item}`, () => undefined),
    tick: () =>
      world.call('tick', () => {
        const said = says;
        says = 'tock';
        return said;
      }),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    subscribe: listen,
    client: async (handler) => {
      const open = await world.call('connect client', () => world.resource('client'));
      const work = new Set<Promise<unknown>>();
      const leave = listen((item) => work.add(Promise.resolve(handler(item))));
      return {
        end: async () => {
          leave();
          await Promise.allSettled(work);
          await open.close();
        },
      };
    },
    pool: () => {
      const work = new Set<Promise<unknown>>();
      return { run: (task) => void work.add(Promise.resolve(task())), end: async () => { await Promise.allSettled(work) } };
    },
    logger: world.logger,
  };
  const hand: Hand = {
    send: (item) => {
      if (item === 'quit') says = item;
      items.push(item);
      for (const handler of [...handlers]) handler(item);
    },
    drop: () => {
      for (const emit of sockets) emit();
    },
    get listening() {
      return handlers.size;
    },
    get isQuitPending() {
      return says === 'quit';
    },
  };
  return { outside, hand };
}

function socketIn(world: World): { readonly socket: Socket; readonly emit: () => void } {
  const listeners = new Set<() => void>();
  let open: Closable | undefined;
  let giveUp: (() => void) | undefined;
  let isOver = false;
  const emit = (): void => {
    if (isOver) return;
    isOver = true;
    for (const listener of [...listeners]) listener();
  };
  const socket: Socket = {
    onClose: (listener) => void listeners.add(listener),
    open: async (signal) => {
      const opened = world.call('connect socket', () => world.resource('socket'));
      const call = world.calls.at(-1);
      const cut = new Promise<never>((_resolve, reject) => {
        giveUp = () => {
          call?.fail(new Error('destroyed'));
          reject(new Error('destroyed'));
        };
        signal?.addEventListener('abort', giveUp);
      });
      cut.catch(() => undefined);
      open = await Promise.race([opened, cut]);
      giveUp = undefined;
    },
    close: async () => {
      const closing = open;
      open = undefined;
      await closing?.close();
      emit();
    },
    destroy: () => {
      giveUp?.();
      const closing = open;
      open = undefined;
      void closing?.close();
      if (closing !== undefined) world.calls.at(-1)?.answer();
      emit();
    },
  };
  return { socket, emit };
}
