import dedent from 'dedent';
import rule from '../../rules/no-started-provider.ts';
import { createTypedRuleTester } from '../rule-tester.ts';

createTypedRuleTester().run('no-started-provider', rule, {
  valid: [
    {
      name: 'types are looked at only where they are asked for',
      code: dedent`
        import { Worker } from './services.js';
        export async function createWorker() { const worker = new Worker(); await worker.start(); return worker; }
      `,
    },
    {
      name: 'a start that is over at once, a connect by design, a class without a stop, one that cannot be found',
      code: dedent`
        import { Client, Probe, Stopwatch } from './services.js';
        import { Missing } from './missing.js';
        export function createStopwatch() { const watch = new Stopwatch(); watch.start(); return watch; }
        export async function createClient() { const client = new Client('db'); await client.connect(); return client; }
        export async function createProbe() { const probe = new Probe(); await probe.start(); return probe; }
        export async function createMissing() { const missing = new Missing(); await missing.start(); return missing; }
      `,
      options: [{ types: true }],
    },
    {
      name: 'a class whose hook the container calls',
      code: dedent`
        import { Hooked } from './services.js';
        export const hooked = { provide: 'hooked', useFactory: async () => { const hooked = new Hooked(); await hooked.start(); return hooked; } };
      `,
      options: [{ types: true }],
    },
    {
      name: 'a factory that undoes a failed start, hands the service on, or gives its end along',
      code: dedent`
        import { type Registry, Worker } from './services.js';
        export async function createSafe() {
          const worker = new Worker();
          try { await worker.start(); } catch (error) { await worker.stop(); throw error; }
          return worker;
        }
        export async function createRegistered(registry: Registry) { const worker = new Worker(); registry.add(worker); await worker.start(); return worker; }
        export async function createHarness() { const worker = new Worker(); await worker.start(); return { worker, close: () => worker.stop() }; }
        export async function createStartedWorker() { const worker = new Worker(); await worker.start(); return worker; }
      `,
      options: [{ types: true }],
    },
  ],
  invalid: [
    {
      name: 'a factory of a service whose class is in another file',
      code: dedent`
        import { Worker } from './services.js';
        export async function createWorker() {
          const worker = new Worker();
          await worker.start();
          return worker;
        }
        export const makeWorker = () => {
          const worker = new Worker();
          void log();
          worker.start();
          return worker;
        };
        declare const log: () => Promise<void>;
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'factory',
          data: { provider: 'createWorker', call: 'worker.start()', variable: 'worker', made: 3 },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 23,
        },
        {
          messageId: 'unawaited',
          data: { provider: 'makeWorker', call: 'worker.start()', variable: 'worker' },
          line: 10,
          column: 3,
          endLine: 10,
          endColumn: 17,
        },
      ],
    },
    {
      name: 'a provider of a class of the project that nothing ends',
      code: dedent`
        import { Client } from './services.js';
        export const client = {
          provide: 'client',
          useFactory: async () => {
            const client = new Client('db');
            await client.connect();
            return client;
          },
        };
      `,
      options: [{ types: true }],
      errors: [
        {
          messageId: 'container',
          data: { provider: 'useFactory', variable: 'client', made: 5 },
          line: 6,
          column: 11,
          endLine: 6,
          endColumn: 27,
        },
      ],
    },
  ],
});
