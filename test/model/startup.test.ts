import { describe, expect, test } from 'vitest';
import { hub, startupIn, startupOf } from './startup-of.ts';

const TIMER = 'this.timer = setInterval(tick, 1000);';
const CONNECT = 'await this.bus.connect();';
const STOP = 'clearInterval(this.timer); await this.bus.close();';
const BOTH = 'acquires setInterval(…), this.bus.connect()';

describe('what is acquired', () => {
  test.each([
    ['a timer, a connection', TIMER + CONNECT, STOP, BOTH],
    ['a branch', `if (this.options.poll) { ${TIMER} } ${CONNECT}`, STOP, 'acquires setInterval(…)?, this.bus.connect()'],
    ['another verb with its opposite', 'await this.registrar.handle(name, onStream);', 'await this.registrar.unhandle(name);', 'acquires this.registrar.handle(…)'],
    ['another name of the same object', 'const { registrar } = this.components; await registrar.register(it);', 'this.components.registrar.unregister(it);', 'acquires registrar.register(…)'],
    ['what is awaited into a field', 'this.pool = await createPool();', 'await this.pool.end();', 'acquires createPool()'],
    ['a remover', "this.off = this.bus.onMessage(handle);", 'this.off();', 'acquires this.bus.onMessage(…)'],
    ['a listener', "this.bus.on('message', this.handle);", "this.bus.off('message', this.handle);", 'acquires this.bus.on(…)'],
    ['within a promise', 'await new Promise((resolve, reject) => { this.server.once("error", reject); this.server.listen(80, resolve); });', 'this.server.close();', 'acquires this.server.listen(…)'],
    ['each of a list', 'await Promise.all(this.names.map(async (name) => this.registrar.handle(name)));', 'for (const name of this.names) await this.registrar.unhandle(name);', 'acquires this.registrar.handle(…)'],
    ['a helper', 'await this.open();', 'await this.bus.close();', 'acquires this.bus.connect()'],
    ['a database that opens when it is made', 'this.db = new Database(path);', 'this.db.close();', 'acquires new Database(…)'],
  ])('%s', (_name, start, stop, expected) => {
    expect(startupIn(hub(`${start} await load();`, `${stop} await flush();`, 'async open() { await this.bus.connect(); }'))[0]).toBe(expected);
  });

  test.each([
    ['what stop does not give back', CONNECT, 'this.log();'],
    ['what is only made, and opened later', 'this.node = await createNode();', 'await this.node.stop();', 'async begin() { await this.start(); }'],
    ['no opposite', 'await this.bus.ping();', 'await this.bus.close();'],
    ['another object', 'await this.bus.connect();', 'await this.other.close();'],
    ['a timer that settles a promise', 'await new Promise((resolve) => { this.timer = setTimeout(resolve, 10); });', 'clearTimeout(this.timer);'],
    ['a listener on what is made anew', 'this.child = make(); this.child.on("exit", this.onExit);', 'this.child.off("exit", this.onExit);'],
    ['what is disposed of at the end of start', 'await using bus = await this.bus.connect();', 'await this.bus.close();'],
    ['a verb with more to it', 'this.db.bind_all(values);', 'this.db.close();'],
    ['a view of a database that something else opens', 'this.trie = new TrieDB(sublevel);', 'await this.trie.close();'],
  ])('not: %s', (_name, start, stop, more = '') => {
    const starts = more === '' ? start : `${start} await this.node.start();`;
    expect(startupIn(hub(`${starts} await load();`, `${stop} await flush();`))[0]).toBe(more === '' ? 'acquires nothing' : 'acquires this.node.start()');
  });

  test('with its statement, its field and what gives it back', () => {
    const code = hub(`${TIMER} await this.#open();`, STOP, 'async #open() { await this.bus.connect(); }');
    const told = startupOf(code).acquired.map(({ statement, release, method, field, isAwaited }) => [
      code.slice(...statement.range),
      release === undefined ? '' : code.slice(...release.range),
      method,
      field,
      isAwaited,
    ]);
    expect(told).toEqual([
      [TIMER, 'clearInterval(this.timer)', 'start', 'timer', false],
      ['await this.bus.connect();', 'this.bus.close()', '#open', 'bus', true],
    ]);
  });
});

describe('what is left', () => {
  test.each([
    ['by what comes later', TIMER + CONNECT, STOP],
    ['under a lock', `await this.lock.runExclusive(async () => { ${TIMER} ${CONNECT} });`, STOP],
    ['through a helper', `await this.begin();`, STOP],
    ['through a promise that is joined', 'this.beginning = this.begin(); try { await this.beginning; } finally { this.beginning = undefined; }', STOP],
    ['by a handler that only logs', `${TIMER} try { ${CONNECT} } catch (error) { this.logger.error(error); throw error; }`, STOP],
    ['by a handler that wraps the error', `${TIMER} try { ${CONNECT} } catch (error) { throw new Error("no bus", { cause: error }); }`, STOP],
    ['by a handler that gives back something else', `${TIMER} try { ${CONNECT} } catch (error) { await this.other.close(); throw error; }`, STOP],
    ['by a handler that drops the field', `${TIMER} try { ${CONNECT} } catch (error) { this.timer = undefined; throw error; }`, STOP],
    ['by a stack that nobody disposes of', `const stack = new AsyncDisposableStack(); ${TIMER} stack.defer(() => clearInterval(this.timer)); ${CONNECT}`, STOP],
    ['by an event that nobody is known to hear', `${TIMER} try { ${CONNECT} } catch (error) { this.emit("error", error); throw error; }`, STOP],
  ])('%s', (_name, start, stop) => {
    expect(startupIn(hub(start, stop, `async begin() { ${TIMER} ${CONNECT} }`))).toEqual([BOTH, 'this.bus.connect() fails: setInterval(…) (again)']);
  });

  test.each([
    ['a rollback', `${TIMER} try { ${CONNECT} } catch (error) { clearInterval(this.timer); throw error; }`],
    ['a call of stop', `${TIMER} try { ${CONNECT} } catch (error) { await this.stop(); throw error; }`],
    ['a wrapper', 'try { await this.begin(); } catch (error) { await this.stop(); throw error; }'],
    ['a handler on the promise', `${TIMER} await this.bus.connect().catch((error) => { clearInterval(this.timer); throw error; });`],
    ['a helper', `${TIMER} try { ${CONNECT} } catch (error) { this.undo(); throw error; }`],
    ['an iteration', `${TIMER} try { ${CONNECT} } catch (error) { [this.timer].forEach(clearInterval); throw error; }`],
    ['a handler after all', `const errors = []; ${TIMER} try { ${CONNECT} } catch (error) { errors.push(error); } if (errors.length > 0) { clearInterval(this.timer); throw errors[0]; }`],
    ['a method that is handed over', 'await this.begin().catch(this.abandon);'],
    ['a finally with a flag', `let isUp = false; ${TIMER} try { ${CONNECT} isUp = true; } finally { if (!isUp) await this.stop(); }`],
    ['a stack', `await using stack = new AsyncDisposableStack(); ${TIMER} stack.defer(() => clearInterval(this.timer)); ${CONNECT}`],
    ['a stack with something to end it', `await using stack = new AsyncDisposableStack(); ${TIMER} stack.adopt(this.timer, () => clearInterval(this.timer)); ${CONNECT} stack.move();`],
    ['a stack in a block', `{ await using stack = new AsyncDisposableStack(); ${TIMER} stack.defer(async () => { try { clearInterval(this.timer); } catch (error) { console.error(error); } }); ${CONNECT} stack.move(); }`],
    ['a finally', `let isUp = false; ${TIMER} try { ${CONNECT} isUp = true; } finally { clearInterval(this.timer); }`],
  ])('rolled back by %s', (_name, start) => {
    expect(startupIn(hub(start, STOP, `async begin() { ${TIMER} ${CONNECT} } undo() { clearInterval(this.timer); } abandon = (error) => { clearInterval(this.timer); throw error; };`))).toEqual([BOTH, 'rolled back']);
  });

  test.each([
    ['a stack that was moved before', `await using stack = new AsyncDisposableStack(); ${TIMER} stack.defer(() => clearInterval(this.timer)); stack.move(); ${CONNECT}`],
    ['a stack that is kept', `const stack = new AsyncDisposableStack(); this.stack = stack; ${TIMER} stack.defer(() => clearInterval(this.timer)); ${CONNECT}`],
    ['a stack that may have nothing', `await using stack = new AsyncDisposableStack(); ${TIMER} if (ready) stack.defer(() => clearInterval(this.timer)); ${CONNECT}`],
    ['a list of clean-ups', `${TIMER} this.undo.push(() => clearInterval(this.timer)); try { ${CONNECT} } catch (error) { for (const one of this.undo) one(); throw error; }`],
    ['somebody who gets the object', `${TIMER} try { ${CONNECT} } catch (error) { await cleanUp(this); throw error; }`],
    ['somebody who gets the handle', `${TIMER} try { ${CONNECT} } catch (error) { tidy(this.timer); throw error; }`],
    ['a function that was handed in', `${TIMER} try { ${CONNECT} } catch (error) { await this.onCrash(error); throw error; }`],
    ['a handler of an event', `${TIMER} this.bus.once("close", () => clearInterval(this.timer)); ${CONNECT}`],
    ['the end of the process', `${TIMER} try { ${CONNECT} } catch (error) { process.exit(1); }`],
    ['a start that goes on without', `${TIMER} try { ${CONNECT} } catch (error) { this.logger.warn(error); }`],
    ['a promise that cannot reject', `${TIMER} await sleep(10); try { ${CONNECT} } catch {}`],
    ['a failure that is told by a result', `${TIMER} const [error] = await settle(this.bus.connect()); if (error) { clearInterval(this.timer); throw error; }`],
    ['a function that keeps errors', `${TIMER} await tryConnect(this.bus); try { ${CONNECT} } catch {}`],
    ['branches that exclude each other', `if (this.options.poll) { ${TIMER} } if (!this.options.poll) { ${CONNECT} }`],
  ])('not told with %s', (_name, start) => {
    expect(startupIn(hub(start, STOP)).slice(1)).toEqual([]);
  });

  test('a listener goes with the signal that it was given', () => {
    const start = `this.abort = new AbortController(); this.source.addEventListener('x', this.onX, { signal: this.abort.signal }); try { ${CONNECT} } catch (error) { this.abort.abort(); throw error; }`;
    expect(startupIn(hub(start, 'this.abort.abort(); await this.bus.close();', 'abort;'))).toEqual(['acquires this.source.addEventListener(…), this.bus.connect()', 'rolled back']);
  });

  test('a base that cannot be seen may give it back', () => {
    const code = hub(`${TIMER} try { ${CONNECT} } catch (error) { await super.stop(); throw error; }`, STOP);
    expect(startupIn(code.replace('class Hub', 'class Hub extends Base'))).toEqual([BOTH]);
  });

  test('a promise that waits for the thing itself fails with it', () => {
    expect(startupIn(hub('this.ws = new WebSocket(url); await once(this.ws, "open");', 'this.ws.close();'))).toEqual(['acquires new WebSocket(…)']);
    const listening = 'this.server.listen(80); await new Promise((resolve, reject) => { this.server.once("listening", resolve); this.server.once("error", reject); });';
    expect(startupIn(hub(listening, 'this.server.close();'))).toEqual(['acquires this.server.listen(…)']);
  });

  test('chains of then', () => {
    const code = 'class Hub { start() { return Promise.resolve().then(() => this.a.connect()).then(() => this.b.connect()); } async stop() { await this.b.close(); await this.a.close(); } }';
    expect(startupIn(code)).toEqual(['acquires this.a.connect(), this.b.connect()', 'this.b.connect() fails: this.a.connect() (again)']);
  });

  test('what fails in the loop of a runner is no start that failed', () => {
    const code = 'class Hub { running = false; async run() { this.running = true; this.timer = setInterval(tick, 1); while (this.running) await this.bus.poll(); } async stop() { this.running = false; clearInterval(this.timer); } }';
    expect(startupIn(code)).toEqual(['acquires setInterval(…)']);
  });
});
