import fc from 'fast-check';

/**
 * Statements as they may stand in start and stop, and as nobody would write them. In the text `§` is a place for comments and line ends, and
 * what stands in `‹›` is left out of JavaScript.
 */
export interface Statements {
  readonly statement: fc.Arbitrary<string>;
  readonly block: fc.Arbitrary<string>;
  readonly expression: fc.Arbitrary<string>;
}

export const FIELDS = ['running', '#server', 'timer', 'child', '_task', '#state', 'inner', 'list'] as const;

const SIMPLE_EXPRESSIONS = [
  'undefined', 'null', 'true', '0x1F', '1_000n', "'it\\'s'", '"\\u{1F600}"', '`a ${1} ${`b ${2} }`} c`', 'String.raw`\\${}`', '/[/}"\'`]+\\/{2}/giu', 'this', 'new.target',
  'await§connect()', 'await§this.inner.start()', 'await Promise.all([§a(), b()])', 'await Promise.race([this._task, sleep(5)])', 'await Promise.allSettled([...this.list])',
  "spawn('work', { stdio: 'inherit' })", 'setInterval(() => this.tick(), 50)', 'setTimeout(§async () => {§await this.tick();§}, 10)', 'this.loop()', 'this.loop().catch(() => {})',
  'void 0', 'typeof this.x', '(a, b, this.c)', 'this?.inner?.[§0]?.(1)', 'this["stop"]()', 'this.start()', 'await this.stop()', 'new Mutex()', 'new (class { stop() {} })()',
  '(() => { return { async start() {}, stop: function* () {} }; })()', 'import("./x.js")', 'async function named() { await 1; }', 'super.toString()',
  'this.#lock.runExclusive(§async () => {§await f();§})', "this.emitter.on('x', this.onX.bind(this))", 'new AbortController()', 'a ?? (b || c)', 'x = y = await z', '(-(-1)) ** 2',
];

const SIMPLE_STATEMENTS = [
  ';', 'debugger;', 'return;', 'return§;', 'if (this.running) return;', 'if (!this.running)§return§;', 'if (this.#server) throw new Error("on");', 'this.running = true;', 'this.running = false;',
  'this.#state = "started";', 'clearInterval(this.timer);', 'clearTimeout(this.timer), this.timer = undefined;', 'await this.#server.close();', 'await this.#server?.close?.();', 'await this._task;',
  'this.child.kill("SIGTERM");', 'if (!this.child.killed) this.child.kill("SIGKILL");', 'process.on("SIGTERM", () => this.stop());', "process.once('SIGINT', async () => { await this.stop(); process.exit(0); });",
  '({ a: this.inner, ...this.rest } = await f());', '[this.timer = 1, this.child] = [2, 3];', 'const { running, ["x"]: y = this } = this;', 'let§z‹: number›;', 'var stop = this.stop;',
  'delete this.inner;', 'void (async () => {§await this.loop();§})();', 'this.loop();', 'await new Promise§((resolve) => setTimeout(resolve, 10));', 'await new Promise((r) => this.child.once("exit", r));',
  'super.stop?.();', 'await super.start();', 'function hoisted() { return this; }', 'class Local { start() {} async stop() { await 1; } }', 'throw new Error(`x ${this}`);',
  'for await (const x of this.list) await x.stop();', 'await Promise.all(this.list.map((x) => x.stop()));', 'this.list.forEach(async (x) => x.close());', 'await using held = await this.lock.acquire();',
  'label: for (;;) { if (this.running) break label; continue label; }', 'const release = await this.mutex.acquire();', 'release();', '"use strict";', 'eval("");', 'arguments[0]?.();',
];

export const { statement, block, expression } = fc.letrec<{ statement: string; block: string; expression: string }>((tie) => {
  const body = fc.array(tie('statement'), { maxLength: 4 }).map((list) => `{§${list.join('§')}§}`);
  const field = fc.constantFrom(...FIELDS);
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: fc.constantFrom(...SIMPLE_EXPRESSIONS) },
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a}§?§${b}§:§(${c}))`),
      tie('expression').map((a) => `(§${a}§)`),
      tie('expression').map((a) => `\`\${${a}}§\``),
      tie('block').map((b) => `(async () => ${b})()`),
      tie('block').map((b) => `async function () ${b}`),
      fc.tuple(field, tie('expression')).map(([f, a]) => `(this.${f} ??= (${a}))`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[§(${a}), ...((${b}) ?? [])§]`),
      tie('expression').map((a) => `{}, { start: (${a}), async stop() {} }`).map((a) => `(${a})`),
    ),
    block: body,
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 10, arbitrary: fc.constantFrom(...SIMPLE_STATEMENTS) },
      fc.tuple(field, tie('expression')).map(([f, a]) => `this.${f}§=§(${a});`),
      tie('expression').map((a) => `(${a});`),
      tie('expression').map((a) => `return (${a});`),
      fc.tuple(tie('expression'), tie('block'), fc.option(tie('statement'))).map(([a, b, c]) => `if§((${a}))§${b}${c === null ? '' : `§else§${blockOf(c)}`}`),
      fc.tuple(tie('block'), tie('block'), tie('block')).map(([a, b, c]) => `try§${a}§catch§{§${b}§}§finally§${c}`),
      fc.tuple(tie('block'), tie('block')).map(([a, b]) => `try ${a} catch ({ message = 1 }) ${b}`),
      fc.tuple(tie('expression'), tie('block')).map(([a, b]) => `while§((${a}))§${b}`),
      fc.tuple(tie('statement'), tie('expression')).map(([s, a]) => `do ${blockOf(s)} while ((${a}))`),
      fc.tuple(tie('expression'), tie('statement'), tie('statement')).map(([a, s, t]) => `switch ((${a}))§{§case 1: ${blockOf(s)}§default:§${blockOf(t)} case this: }`),
      tie('block').map((b) => `for (const key in this) ${b}`),
      tie('block').map((b) => `outer: inner:§${b}`),
      tie('block'),
    ),
  };
}) satisfies Statements;

/** The same where nothing can be awaited. */
export function synchronous(text: string): string {
  return text.replaceAll('for await', 'for').replaceAll('await using', 'const').replaceAll(/\bawait(?: |§)/g, '');
}

/** A declaration may not stand alone. */
function blockOf(text: string): string {
  return `{§${text}§}`;
}
