import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';
import { outlineRaces } from './outline.ts';
import { codeOf, parse, parseAsJavaScript, parseAsTypeScript } from './parse.ts';

/** What the model says of a file, without any node in it. */
function summary(source: Source): unknown {
  const { services, constructions } = factsOf(source);
  return {
    services: services.map((service) => ({
      name: service.name,
      sides: [service.start, service.stop].map(({ methods, forwarders }) => [methods.map(({ name }) => name), forwarders.map(({ name }) => name)]),
      kind: service.kind,
      runsInPlace: service.runsInPlace,
      lock: [service.lock.lifecycle?.key, service.lock.start, service.lock.stop],
      races: outlineRaces(service, source),
      dispose: [service.dispose.hasAsync, service.dispose.reachesStop],
      fields: [...service.facts.fields.values()].map(({ name, init }) => [name, codeOf(source.text, init)]),
    })),
    constructions: constructions.map(({ facts, starts }) => [facts.name, starts.map(({ what, text }) => [what, text])]),
  };
}

describe('all parsers give the same facts', () => {
  test('modern JavaScript', () => {
    const text = dedent`
      import { Mutex } from 'async-mutex';

      export class Poller extends (Base) {
        #timer;
        static { Poller.count = 0; }
        running = false;
        async start() {
          if (this.running || (this.#timer)) return;
          const { url, ...rest } = this.options ?? {};
          this.socket = await (dial(url, rest));
          this.running = true;
          this.#timer = setInterval(() => { void this.tick?.(); }, 50);
        }
        stop = async () => {
          if (!this.running) return;
          await this.socket?.close();
          [, this.socket] = [];
          this.running &&= false;
        };
        close() { return this.stop(); }
        async *events() { for await (const e of this.socket) yield e; }
        has(it) { return #timer in it; }
        async [Symbol.asyncDispose]() { try { await this.stop(); } catch { log(); } }
      }

      export default class {
        lock = new Mutex();
        constructor() { this.open(); }
        async open() { await this.lock.runExclusive(async () => { this.s ??= await dial(); }); }
        async close() { await this.lock.runExclusive(async () => { await this.s?.end(); this.s = undefined; }); }
      }
    `;
    const expected = summary(parse(text, 'service.js'));
    expect(expected).toMatchObject({ services: [{ name: 'Poller' }, { name: '(anonymous class)' }] });
    expect(summary(parse(text))).toEqual(expected);
    expect(summary(parseAsTypeScript(text))).toEqual(expected);
    expect(summary(parseAsJavaScript(text))).toEqual(expected);
  });

  test('plain old JavaScript with promise chains', () => {
    const text = dedent`
      const Broker = class {
        constructor(options) {
          this.options = options;
          this.started = false;
          this.start = this.start.bind(this);
        }
        start() {
          return Promise.resolve()
            .then(() => this.transit.connect())
            .then(() => { this.started = true; })
            .catch((err) => { this.started = false; throw err; });
        }
        stop() {
          this.started = false;
          return Promise.all(this.services.map((svc) => svc.stop())).finally(() => { delete this.transit; });
        }
      };
      module.exports = { Broker };
    `;
    const expected = summary(parse(text, 'service.js'));
    expect(expected).toMatchObject({ services: [{ name: 'Broker', races: ['stop-during-start transit -/9/9', 'stop-during-start started -/10/10'] }] });
    expect(summary(parseAsTypeScript(text))).toEqual(expected);
    expect(summary(parseAsJavaScript(text))).toEqual(expected);
  });

  test('TypeScript', () => {
    const text = dedent`
      @Injectable()
      export abstract class Jobs<T extends object = {}> extends EventEmitter<Events> implements Startable {
        declare readonly brand: unique symbol;
        private static shared?: Jobs<object>;
        protected accessor busy = false;
        @Input() override name!: string;
        [key: string]: unknown;
        constructor(private readonly client: Client, public every = 50) { super(); }
        abstract tick(): Promise<void>;
        async start(): Promise<void>;
        async start(this: Jobs<T>, port?: number): Promise<void> {
          if ((this.server as Server | undefined)) return;
          const server = <Server>createServer();
          this.server = server!;
          await (once(this.server!, 'listening') satisfies Promise<unknown>);
          this.client.on!('message', this.handle<string>);
          this.timer = setInterval(() => this.tick(), this.every) as unknown as number;
        }
        async stop(): Promise<void> {
          using lock = acquire();
          await using other = await acquire();
          clearInterval(this.timer!);
          enum Why { Done }
          const why: Why = Why.Done as const;
          await this.server!.close(why);
          this.server = undefined!;
        }
        handle<U>(message: U): asserts message is NonNullable<U> {}
      }
    `;
    const expected = summary(parse(text));
    expect(expected).toMatchObject({ services: [{ name: 'Jobs', kind: 'background' }] });
    expect(summary(parseAsTypeScript(text.replace('<Server>createServer()', 'createServer()')))).toEqual(summary(parse(text.replace('<Server>createServer()', 'createServer()'))));
  });

  test('JSX', () => {
    const text = dedent`
      export class Panel extends Component {
        async connect() { if (this.socket) return; this.socket = await dial(<Options secure {...this.props}>{this.state.url}<></></Options>); }
        async disconnect() { await this.socket?.close(); this.socket = undefined; }
        render() { return <Button on={() => this.connect()} />; }
      }
    `;
    const expected = summary(parse(text, 'service.jsx'));
    expect(expected).toMatchObject({ services: [{ name: 'Panel', races: ['late-guard socket 2/2/2', 'stop-during-start socket -/2/2', 'double-stop socket 3/3/3'] }] });
    expect(summary(parse(text, 'service.tsx'))).toEqual(expected);
    expect(summary(parseAsTypeScript(text))).toEqual(expected);
    expect(summary(parseAsJavaScript(text))).toEqual(expected);
  });
});
