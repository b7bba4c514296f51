import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { racesIn } from './outline.ts';

describe('a lock that one side holds over a part', () => {
  test('silent: the wait is under the lock that stop holds throughout', () => {
    const text = dedent`
      class App {
        #lock = new Mutex();
        async start() {
          await this.#lock.runExclusive(async () => {
            await this.db.connect();
            this.server = createServer();
          });
        }
        async stop() {
          return this.#lock.runExclusive(async () => {
            await this.server.close();
          });
        }
      }
    `;
    expect(racesIn(text).filter((race) => race.startsWith('stop-during-start'))).toEqual([]);
  });

  test('told: the wait comes before the lock', () => {
    const text = dedent`
      class App {
        #lock = new Mutex();
        async start() {
          await this.db.connect();
          this.server = createServer();
          await this.#lock.runExclusive(async () => this.warmUp());
        }
        async stop() {
          return this.#lock.runExclusive(async () => {
            await this.server.close();
          });
        }
      }
    `;
    expect(racesIn(text)).toContain('stop-during-start server -/4/5');
  });

  test('an accessor is a field', () => {
    const text = dedent`
      class App {
        accessor busy = false;
        async start() {
          if (this.busy) return;
          await this.db.connect();
          this.busy = true;
        }
        async stop() {
          this.busy = false;
          await this.db.close();
        }
      }
    `;
    expect(racesIn(text)).toContain('late-guard busy 4/5/6');
  });
});
