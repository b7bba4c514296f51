import { describe, expect, test } from 'vitest';
import { parseSchedule, printSchedule, type Step } from './explorer/action.ts';
import { compileService } from './explorer/compile-service.ts';
import { explore, replay } from './explorer/explore.ts';
import { faulty, faultyText } from './explorer/samples/faulty.ts';
import { samples } from './explorer/samples/samples.ts';
import type { Subject } from './explorer/subject.ts';

const { adapter, poller } = samples;

const withoutLock = faulty.filter(({ name }) => name === 'C0 close, then forget').map(faultyText);
const careless: Subject = { ...adapter, Service: await compileService(String(withoutLock), 'Adapter') };

/** Asks nothing of the world. */
class Idle {
  async start(): Promise<void> {
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    await Promise.resolve();
  }
}

describe('explore', () => {
  test('tries every order', async () => {
    const idle: Subject = {
      Service: Idle,
      kind: 'adapter',
      build(Service: typeof Idle) {
        return { service: new Service(), operations: {} };
      },
    };
    // Two, one and two calls at the same time: 5! / (2! 1! 2!). Two beside one: 3. Three beside one: 4. Two alone: 1.
    const orders = 30 + 3 + 4 + 1;
    // In this service nothing ever runs. Those that end in a start: 4! / (2! 2!) and 4! / 2!, 1 of the 3, and 3 of the 4.
    const lost = 6 + 12 + 1 + 3;
    expect(await explore(idle, { walks: 0 })).toMatchObject({ orders, cut: [], faults: [{ name: 'lost start', count: lost }] });
  });

  test('counts the orders that show a fault, and gives the shortest', async () => {
    const { faults } = await explore(careless, { walks: 0 });
    expect(faults.map(({ name, schedule }) => [name, schedule])).toEqual([
      ['alive after stop', 'a start; b start; answer connect; answer connect; a stop'],
      ['left after the last stop', 'a start; b start; answer connect; a stop; answer connect'],
      ['lost start', 'a start; answer connect; a stop; b start'],
      ['lost stop', 'a start; c stop'],
      ['resource closed twice', 'a start; answer connect; a stop; c stop'],
      ['two generations', 'a start; b start'],
    ]);
    expect(faults.every(({ count }) => count > 10)).toBe(true);
  });

  test('is the same each time', async () => {
    expect(await explore(careless, { walks: 50 })).toEqual(await explore(careless, { walks: 50 }));
  });

  test('says which scenarios have more orders than were tried', async () => {
    expect(await explore(adapter, { mostOrders: 40, walks: 0 })).toMatchObject({ cut: ['race'] });
  });

  test('gives the timers and the listeners back', async () => {
    const before = [setTimeout, setInterval, ...process.listeners('unhandledRejection')];
    await explore(careless, { walks: 5 });
    expect([setTimeout, setInterval, ...process.listeners('unhandledRejection')]).toEqual(before);
  });

  test('gives them back when the service cannot be made', async () => {
    const before = setTimeout;
    const broken: Subject = {
      ...careless,
      build: () => {
        throw new Error('no service');
      },
    };
    await expect(explore(broken)).rejects.toThrow('no service');
    expect(setTimeout).toBe(before);
  });
});

describe('replay', () => {
  test('plays one order', async () => {
    expect(await replay(careless, 'a start; b start')).toContain('two generations');
    expect(await replay(adapter, 'a start; b start')).toEqual([]);
  });

  test('lets a call hang: a stop with a deadline returns, and the next start is refused', async () => {
    expect(await replay(poller, 'a start; hang poll; a stop; time; a start')).toEqual([]);
  });

  test.each(['a stop; answer connect', 'a start; a stop', 'a restart', 'time', 'a start; hang connect'])('throws for an order that is impossible: %s', async (order) => {
    await expect(replay(adapter, order)).rejects.toThrow(`impossible here: ${order}`);
  });
});

describe('a schedule', () => {
  test('is read as it is printed', () => {
    const steps: Step[] = [
      { action: { kind: 'call', client: 'a', method: 'start' } },
      { action: { kind: 'answer', name: 'open room', nth: 1 }, turns: 2 },
      { action: { kind: 'fail', name: 'open room', nth: 3 } },
      { action: { kind: 'hang', name: 'ping', nth: 1 }, turns: 0 },
      { action: { kind: 'operate', name: 'submit' } },
      { action: { kind: 'time' } },
    ];
    expect(printSchedule(steps)).toBe('a start; answer open room +2; fail open room 3; hang ping +0; do submit; time');
    expect(parseSchedule(printSchedule(steps))).toEqual(steps);
  });

  test.each(['a begin', 'answer', 'now'])('is refused where a step is none: %s', (text) => {
    expect(() => parseSchedule(text)).toThrow(SyntaxError);
  });
});

describe('compileService', () => {
  test('loads a TypeScript text with what it imports', async () => {
    const text = `import { Mutex } from 'async-mutex';\nexport class A { readonly lock: Mutex = new Mutex(); async start() {} async stop() {} }`;
    expect(Reflect.get(new (await compileService(text, 'A'))(), 'lock')).toHaveProperty('runExclusive');
  });

  test('says which class is missing', async () => {
    await expect(compileService('export class A {}', 'B')).rejects.toThrow('the text exports no class B');
  });
});
