import dedent from 'dedent';

/** A second start passes its test, a stop during start is lost, and nothing ends a hanging stop. */
export const POLLER = dedent`
  import { connect } from './connect';

  export class Poller {
    private running = false;
    private client: { close(): Promise<void> } | undefined;

    async start(): Promise<void> {
      if (this.running) return;
      this.client = await connect();
      this.running = true;
    }

    async stop(): Promise<void> {
      if (!this.running) return;
      this.running = false;
      await this.client?.close();
    }
  }
`;

/** It owns two others, and holds a lock over both sides. */
export const OWNER = dedent`
  import { Mutex } from 'async-mutex';
  import { Inner } from './inner';

  export class Owner implements AsyncDisposable {
    readonly #lock = new Mutex();
    readonly #first = new Inner();
    readonly #second = new Inner();

    start(): Promise<void> {
      return this.#lock.runExclusive(async () => {
        await this.#first.start();
        await this.#second.start();
      });
    }

    stop(): Promise<void> {
      return this.#lock.runExclusive(async () => {
        try {
          await this.#second.stop();
        } finally {
          await this.#first.stop();
        }
      });
    }

    [Symbol.asyncDispose](): Promise<void> {
      return this.stop();
    }
  }
`;

/** Nothing in it waits. */
export const SYNCHRONOUS = dedent`
  export class Beeper {
    #timer: NodeJS.Timeout | undefined;
    async start(): Promise<void> {
      this.#timer = setInterval(() => undefined, 1000);
    }
    async stop(): Promise<void> {
      clearInterval(this.#timer);
    }
  }
`;
