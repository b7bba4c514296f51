import { describe, expect, test } from 'vitest';
import { hub, startupIn } from './startup-of.ts';

const TIMER = 'this.timer = setInterval(tick, 1000);';
const CONNECT = 'await this.bus.connect();';
const STOP = 'clearInterval(this.timer); await this.bus.close();';

/** What becomes of the timer when the bus cannot be connected. */
function fateOf(start: string, stop: string, more = ''): string | undefined {
  const [told] = startupIn(hub(start, stop, more)).filter((line) => line.startsWith('this.bus.connect() fails: '));
  return told?.replace('this.bus.connect() fails: ', '');
}

describe('what a failed start leaves', () => {
  test.each([
    ['stop returns because start has not set its flag', `if (this.running) return; ${TIMER} ${CONNECT} this.running = true;`, `if (!this.running) return; this.running = false; ${STOP}`, 'running = false;'],
    ['stop throws for the same reason', `${TIMER} ${CONNECT} this.running = true;`, `if (!this.running) throw new Error("not running"); ${STOP}`, 'running = false;'],
    ['the rollback calls that stop', `${TIMER} try { ${CONNECT} } catch (error) { await this.stop(); throw error; } this.running = true;`, `if (!this.running) return; ${STOP}`, 'running = false;'],
    ['stop looks at what is not there yet', `${TIMER} ${CONNECT} this.state = { since: Date.now() };`, `if (this.state === undefined) return; this.state = undefined; ${STOP}`, 'state;'],
  ])('is lost: %s', (_name, start, stop, more) => {
    expect(fateOf(start, stop, more)).toBe('setInterval(…) (lost)');
  });

  test.each([
    ['nothing turns the next start away', TIMER + CONNECT, STOP, ''],
    ['the flag comes last', `if (this.running) return; ${TIMER} ${CONNECT} this.running = true;`, STOP, 'running = false;'],
    ['tests of something else', `if (this.options.off) return; ${TIMER} ${CONNECT}`, STOP, ''],
    ['stop asks only for the handle', TIMER + CONNECT, 'if (this.timer) clearInterval(this.timer); await this.bus.close();', ''],
    ['the state is in a part of an object', `if (this.status.up) return; ${TIMER} ${CONNECT} this.status.up = true;`, STOP, 'status = make();'],
  ])('is made again: %s', (_name, start, stop, more) => {
    expect(fateOf(start, stop, more)).toBe('setInterval(…) (again)');
  });

  test.each([
    ['start keeps the first one', `this.timer ??= setInterval(tick, 1000); ${CONNECT}`, STOP, ''],
    ['start asks for the handle', `if (!this.timer) { ${TIMER} } ${CONNECT}`, STOP, ''],
    ['start clears it first', `clearInterval(this.timer); ${TIMER} ${CONNECT}`, STOP, ''],
    ['start sets first what lets stop in', `this.stopped = false; ${TIMER} ${CONNECT}`, `if (this.stopped) return; this.stopped = true; ${STOP}`, 'stopped = true;'],
    ['start throws until stop was called', `if (this.running) throw new Error("running"); this.running = true; ${TIMER} ${CONNECT}`, `this.running = false; ${STOP}`, 'running = false;'],
    ['other methods do the same', 'await this.ensure();', STOP, `async ensure() { ${TIMER} ${CONNECT} } async send() { await this.ensure(); }`],
  ])('may do no harm: %s', (_name, start, stop, more) => {
    expect(fateOf(start, stop, more)).toBe('setInterval(…)');
  });
});

describe('what keeps the next start from doing anything', () => {
  test.each([
    ['a flag', 'if (this.running) return; this.running = true; await this.bus.connect();', 'running = false;', 'running'],
    ['a flag, tested by a method', 'if (this.isUp()) return; this.running = true; await this.bus.connect();', 'running = false; isUp() { return this.running; }', 'running'],
    ['a state', "if (this.state !== 'idle') return; this.state = 'starting'; await this.bus.connect(); this.state = 'up';", "state = 'idle';", 'state'],
    ['a handle', 'if (this.ws) return; this.ws = new WebSocket(url); await ready(this.ws);', 'ws;', 'ws'],
    ['a promise in a field', 'return (this.starting ??= this.begin());', 'starting; async begin() { await this.bus.connect(); }', 'starting'],
    ['a flag that the handler forgets', 'if (this.running) return; this.running = true; try { await this.bus.connect(); } catch (error) { this.failed = true; throw error; }', 'running = false;', 'running'],
  ])('%s', (_name, start, more, field) => {
    const told = startupIn(hub(start, 'this.running = false; this.ws?.close(); await this.bus.close();', more)).filter((line) => line.includes('stays set'));
    expect(told.map((line) => line.split(' ')[0])).toEqual([field]);
  });

  test.each([
    ['a handler takes it back', 'if (this.running) return; this.running = true; try { await this.bus.connect(); } catch (error) { this.running = false; throw error; }'],
    ['a finally takes it back', 'if (this.running) return; this.running = true; try { await this.bus.connect(); } finally { this.running = false; }'],
    ['it is set last', 'if (this.running) return; await this.bus.connect(); this.running = true;'],
    ['the next start throws', 'if (this.running) throw new Error("running"); this.running = true; await this.bus.connect();'],
    ['the failure is kept from the caller', 'if (this.running) return; this.running = true; try { await this.bus.connect(); } catch (error) { this.logger.warn(error); }'],
    ['an event may take it back', 'if (this.running) return; this.running = true; this.bus.on("close", () => { this.running = false; }); await this.bus.connect();'],
    ['the promise is dropped', 'this.starting ??= this.begin().finally(() => { this.starting = undefined; }); return this.starting;'],
  ])('not: %s', (_name, start) => {
    const told = startupIn(hub(start, 'this.running = false; await this.bus.close();', 'running = false; starting; async begin() { await this.bus.connect(); }'));
    expect(told.filter((line) => line.includes('stays set'))).toEqual([]);
  });
});
