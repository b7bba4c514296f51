import dedent from 'dedent';

import rule from '../../rules/require-lifecycle-lock.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-lifecycle-lock: locks-and-settings', rule, {
  valid: [
    {
      name: 'a base that settings call safe',
      code: dedent`
        class Poller extends BaseService {
          async start() {
            if (this.running) return;
            await this.db.connect();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.db.close();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      settings: { lifecycle: { safeBases: ['BaseService'] } },
    },
    {
      name: 'names that settings do not name',
      code: dedent`
        class Alarm {
          async arm() {
            if (this.armed) return;
            await this.siren.test();
            this.armed = true;
          }
          async disarm() {
            this.armed = false;
            await this.siren.mute();
          }
        }
      `,
    },
    {
      name: 'a lock over both',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Poller {
          readonly #lifecycleLock = new Mutex();
          async start() {
            return this.#lifecycleLock.runExclusive(async () => {
              if (this.running) return;
              await this.db.connect();
              this.running = true;
            });
          }
          async stop() {
            return this.#lifecycleLock.runExclusive(async () => {
              this.running = false;
              await this.db.close();
            });
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a lock on another object, through a bound method, after a fast path',
      code: dedent`
        class Member {
          start() {
            if (this.state === 'started') return Promise.resolve();
            return this.lifecycle.mutex.run(this.startLocked.bind(this));
          }
          stop() {
            return this.lifecycle.mutex.run(this.stopLocked.bind(this));
          }
          async startLocked() {
            if (this.state === 'started') return;
            await this.join();
            this.state = 'started';
          }
          async stopLocked() {
            await this.leave();
            this.state = 'stopped';
          }
        }
      `,
      options: [{ where: 'every-service' }],
    },
    {
      name: 'a framework that settings name calls it in order',
      code: dedent`
        class Discovery implements Startable {
          async start() {
            if (this.running) return;
            await this.table.load();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.table.save();
          }
        }
      `,
      options: [{ where: 'every-service' }],
      settings: { lifecycle: { frameworks: ['libp2p'] } },
    },
  ],
  invalid: [
    {
      name: 'a pair that settings name',
      code: dedent`
        class Alarm {
          async arm() {
            if (this.armed) return;
            await this.siren.test();
            this.armed = true;
          }
          async disarm() {
            this.armed = false;
            await this.siren.mute();
          }
        }
      `,
      settings: { lifecycle: { pairs: [['arm', 'disarm']] } },
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'arm',
            field: 'this.armed',
            check: 3,
            effect: 5,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `arm()` and `disarm()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 12,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'arm', stop: 'disarm' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Alarm {
                  readonly #lifecycleLock = new Mutex();

                  async arm() {
                    return this.#lifecycleLock.runExclusive(() => this.#armLocked());
                  }
                  async #armLocked() {
                    if (this.armed) return;
                    await this.siren.test();
                    this.armed = true;
                  }
                  async disarm() {
                    return this.#lifecycleLock.runExclusive(() => this.#disarmLocked());
                  }
                  async #disarmLocked() {
                    this.armed = false;
                    await this.siren.mute();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a boolean called lock is a flag',
      code: dedent`
        class Importer {
          async start() {
            if (this.lock) return;
            await this.connect();
            this.lock = true;
          }
          async stop() {
            this.lock = false;
            await this.flush();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.lock',
            check: 3,
            effect: 5,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Importer {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.lock) return;
                    await this.connect();
                    this.lock = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.lock = false;
                    await this.flush();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'a mutex for something else is no lifecycle lock',
      code: dedent`
        import { Mutex } from 'async-mutex';
        class Ledger {
          readonly #writes = new Mutex();
          async open() {
            if (this.#ready) return;
            await this.#replay();
            this.#ready = true;
          }
          async append(entry: Entry) {
            return this.#writes.runExclusive(() => this.file.append(entry));
          }
          async close() {
            this.#ready = false;
            await this.file.sync();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'open',
            field: 'this.#ready',
            check: 5,
            effect: 7,
            wait: 6,
            remedy: 'Hold one lifecycle lock over `open()` and `close()`.',
          },
          line: 4, column: 9, endLine: 4, endColumn: 13,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'open', stop: 'close' },
              output: dedent`
                import { Mutex } from 'async-mutex';
                class Ledger {
                  readonly #writes = new Mutex();
                  readonly #lifecycleLock = new Mutex();
                  async open() {
                    return this.#lifecycleLock.runExclusive(() => this.#openLocked());
                  }
                  async #openLocked() {
                    if (this.#ready) return;
                    await this.#replay();
                    this.#ready = true;
                  }
                  async append(entry: Entry) {
                    return this.#writes.runExclusive(() => this.file.append(entry));
                  }
                  async close() {
                    return this.#lifecycleLock.runExclusive(() => this.#closeLocked());
                  }
                  async #closeLocked() {
                    this.#ready = false;
                    await this.file.sync();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
    {
      name: 'the same interface where settings name no framework',
      code: dedent`
        class Discovery implements Startable {
          async start() {
            if (this.running) return;
            await this.table.load();
            this.running = true;
          }
          async stop() {
            this.running = false;
            await this.table.save();
          }
        }
      `,
      errors: [
        {
          messageId: 'late-guard',
          data: {
            start: 'start',
            field: 'this.running',
            check: 3,
            effect: 5,
            wait: 4,
            remedy: 'Hold one lifecycle lock over `start()` and `stop()`.',
          },
          line: 2, column: 9, endLine: 2, endColumn: 14,
          suggestions: [
            {
              messageId: 'addLock',
              data: { start: 'start', stop: 'stop' },
              output: dedent`
                import { Mutex } from 'async-mutex';

                class Discovery implements Startable {
                  readonly #lifecycleLock = new Mutex();

                  async start() {
                    return this.#lifecycleLock.runExclusive(() => this.#startLocked());
                  }
                  async #startLocked() {
                    if (this.running) return;
                    await this.table.load();
                    this.running = true;
                  }
                  async stop() {
                    return this.#lifecycleLock.runExclusive(() => this.#stopLocked());
                  }
                  async #stopLocked() {
                    this.running = false;
                    await this.table.save();
                  }
                }
              `,
            },
          ],
        },
      ],
    },
  ],
});
