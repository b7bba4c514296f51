import dedent from 'dedent';
import { expect, test } from 'vitest';
import { racesIn } from './outline.ts';
import { parseAsTypeScript, servicesIn } from './parse.ts';
import { factsOf } from '../../model/services-of.ts';

test('every syntax that a class can hold', () => {
  const text = dedent`
    class A extends (null as any) {
      static #count = 0; #x = 1; ['a' + 1]() {} static async *[Symbol.asyncIterator]() {}
      'quoted-name' = 1; 0x10 = 2; 1n = 3; static { this.#count++; }
      async start([a, , b = 1, ...c], { d: { e }, ...f } = {} as any, ...rest) {
        label: for (const [k, , v = 2] of this.map) { if (k) continue label; for (var i in v) break label; }
        try { await this.#y?.(); } catch { } finally { }
        try { throw 1; } catch ({ message }) { this.err = message; }
        if (#x in this) return;
        using r = this.res; await using s = await this.open?.();
        const [, second, , ...others] = [, 1, , ...rest];
        new.target; import.meta.url; tag\`x\${this.c}\`; \`\${await b}\`;
        this.a ||= this.b &&= this.c ??= await d;
        delete this.q?.[0]; void 0; typeof this.z; +this.n; --this.#x;
        (this.p, await this.w); this?.['dyn']?.[e]?.(); super['start']?.();
        switch (this.s) { default: case 1: { break; } }
        switch (true) {}
        for (;;) { break; } do {} while (false); while (this.k--) ;
        if (this.a) ; else if (this.b) ; else ;
        debugger; ; {}
        const fn = function* () { yield* this.x; }, cl = class { [this.key] = 1; static { } };
        blocked: { break blocked; }
        return void await this.done;
      }
      async stop(this: A) {
        await (async function () { await 1; })();
        await new (class { constructor() { return Promise.resolve(); } })();
        (await this.x)!.y satisfies any; <any>this.z;
        await [...this.all].map(async ([x]) => { await x; });
      }
      get ready() { throw new Error(); }
      declare foo: string; private constructor(); constructor(private a?: string) { super(); }
    }
  `;
  expect(servicesIn(text).map(({ name }) => name)).toEqual(['A']);
  const { services } = factsOf(parseAsTypeScript(text.replace('<any>this.z', 'this.z')));
  expect(services.map(({ name }) => name)).toEqual(['A']);
});

test('getters and predicates that refer to each other', () => {
  expect(racesIn('class A { get a() { return this.b; } get b() { return this.a; } async start() { if (this.a) return; await x(); } async stop() { await y(this.b); } }')).toEqual([]);
  expect(racesIn('class A { a() { return this.b(); } b() { return this.a(); } async start() { if (this.a()) return; await x(); } async stop() { if (this.b()) await y(); } }')).toEqual([]);
});

test('a getter that throws stands for the field that it gives', () => {
  const text = dedent`
    class A {
      get server() { if (!this.#server) throw new Error('not started'); return this.#server; }
      async start() { this.#server = new Server(); await this.server.listen(); }
      async stop() { await this.server.close(); this.#server = undefined; }
    }
  `;
  expect(racesIn(text)).toEqual(['double-stop #server 4/4/4', 'no-guard #server -/3/3']);
});

test('start that calls stop, and stop that calls start', () => {
  expect(racesIn('class A { async start() { return this.stop(); } async stop() { return this.start(); } }')).toEqual([]);
});

test('a class within its own method', () => {
  const text = dedent`
    class A {
      async start() {
        if (this.s) return;
        this.s = new (class B { async start() { await a(); this.on = true; } async stop() { this.on = false; } })();
        await this.s.start();
      }
      async stop() { const { s } = this; this.s = undefined; await s?.stop(); }
    }
  `;
  expect(racesIn(text)).toEqual(['stop-during-start on -/4/4']);
});

test('a method of many statements', () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `this.f${index} = ${index};`).join('\n');
  expect(servicesIn(`class A { async start() { ${lines} await a(); } async stop() { await b(); } }`)).toHaveLength(1);
});

test('helpers that call each other in every way end soon', () => {
  const names = Array.from({ length: 40 }, (_, index) => `help${index}`);
  const helpers = names.map((name) => `${name}() { ${names.map((other) => `this.${other}();`).join(' ')} }`).join('\n');
  expect(servicesIn(`class A { async start() { this.help0(); await x(); } async stop() { await y(); } ${helpers} }`)).toHaveLength(1);
});

test('of helpers that all call each other, so many that no reading would end, no teardown is told', () => {
  const names = Array.from({ length: 10 }, (_, index) => `h${index}`);
  const helpers = names.map((name) => `async ${name}() { ${names.filter((other) => other !== name).map((other) => `await this.${other}();`).join(' ')} await this.${name}s.close(); }`);
  const text = `class A { async start() { await this.h0(); this.x = setInterval(tick, 1); } async stop() { await this.h0(); await this.x.close(); } ${helpers.join(' ')} }`;
  expect(servicesIn(text).map(({ teardown }) => teardown.steps)).toEqual([[]]);
});
