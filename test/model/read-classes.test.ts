import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import { classesOf } from '../../model/read-classes.ts';
import type { ClassFacts } from '../../model/service.ts';
import { classIn, codeOf, parse } from './parse.ts';

function namesIn(text: string): string[] {
  return classesOf(parse(text).program).map(({ name }) => name);
}

function baseOf(text: string, name: string): string {
  const base = classesOf(parse(text).program).find((facts) => facts.name === name)?.base;
  return typeof base === 'object' ? base.name : (base ?? 'no such class');
}

function methodNames({ methods }: ClassFacts): string[] {
  return [...methods.keys()];
}

describe('names', () => {
  test('of a declaration', () => {
    expect(namesIn('class Poller {}')).toEqual(['Poller']);
  });

  test('of exports, by name and by default', () => {
    expect(namesIn('export class Poller {}\nexport default class Server {}')).toEqual(['Poller', 'Server']);
  });

  test('of a default export without a name', () => {
    expect(namesIn('export default class {}')).toEqual(['(anonymous class)']);
  });

  test('of the variable that a class expression is assigned to', () => {
    expect(namesIn('const Poller = class {};')).toEqual(['Poller']);
  });

  test('of a class expression with a name of its own', () => {
    expect(namesIn('const Poller = class Inner {};')).toEqual(['Inner']);
  });

  test('of the property of an object', () => {
    expect(namesIn('const services = { poller: class {}, "kebab-case": class {} };')).toEqual(['poller', 'kebab-case']);
  });

  test('of the property that is assigned', () => {
    expect(namesIn('exports.Poller = class {};')).toEqual(['Poller']);
  });

  test('of a field of another class', () => {
    expect(namesIn('class Outer { static Inner = class {}; }')).toEqual(['Outer', 'Inner']);
  });

  test('through a type assertion', () => {
    expect(namesIn('const Poller = class {} as unknown as Constructor;')).toEqual(['Poller']);
  });

  test('of an argument: none, as a call may do anything with it', () => {
    expect(namesIn('const Poller = mixin(class {});')).toEqual(['(anonymous class)']);
  });

  test('of a destructuring declaration and of a computed assignment: none', () => {
    expect(namesIn('const { a = class {} } = given;\nregistry[key] = class {};')).toEqual(['(anonymous class)', '(anonymous class)']);
  });
});

describe('where classes are found', () => {
  test('in functions, blocks and other classes, outer before inner', () => {
    const text = dedent`
      function make() {
        if (ready) {
          return class Outer {
            create() { return class Inner {}; }
          };
        }
      }
    `;
    expect(namesIn(text)).toEqual(['Outer', 'Inner']);
  });

  test('in a namespace and in a module block', () => {
    expect(namesIn('namespace Jobs { export class Poller {} }\ndeclare module "jobs" { class Queue {} }')).toEqual(['Poller', 'Queue']);
  });

  test('in a decorator argument and in a parameter default', () => {
    expect(namesIn('@use(class Plugin {}) class Host { start(by = class Given {}) {} }')).toEqual(['Host', 'Plugin', 'Given']);
  });

  test('once for each program, and frozen', () => {
    const { program } = parse('class Poller { start() {} }');
    expect(classesOf(program)).toBe(classesOf(program));
    expect(Object.isFrozen(classesOf(program)[0])).toBe(true);
  });
});

describe('bases', () => {
  test('none', () => {
    expect(baseOf('class Poller {}', 'Poller')).toBe('none');
  });

  test('in the same file, also before its declaration', () => {
    expect(baseOf('class Poller extends Base {}\nclass Base {}', 'Poller')).toBe('Base');
  });

  test('with type arguments', () => {
    expect(baseOf('class Base<T> {}\nclass Poller extends Base<string> {}', 'Poller')).toBe('Base');
  });

  test('from elsewhere', () => {
    expect(baseOf('import { Base } from "./base";\nclass Poller extends Base {}', 'Poller')).toBe('unknown');
  });

  test('what a mixin gives', () => {
    expect(baseOf('class Base {}\nclass Poller extends mixin(Base) {}', 'Poller')).toBe('unknown');
  });

  test('a member of something', () => {
    expect(baseOf('class Base {}\nclass Poller extends lib.Base {}', 'Poller')).toBe('unknown');
  });

  test('itself, and two that extend each other: no endless walk', () => {
    expect(baseOf('class Poller extends Poller {}', 'Poller')).toBe('unknown');
    expect(baseOf('class First extends Second {}\nclass Second extends First {}', 'First')).toBe('Second');
  });

  test('know their subclasses', () => {
    const [base] = classesOf(parse('class Base {}\nclass A extends Base {}\nclass B extends Base {}').program);
    expect(base?.subclasses.map(({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('methods', () => {
  test('methods, and properties that hold functions', () => {
    const facts = classIn(dedent`
      class Poller {
        start() {}
        stop = async () => {};
        run = function* () {};
        bound = (() => {}) as Handler;
      }
    `);
    expect(methodNames(facts)).toEqual(['start', 'stop', 'run', 'bound']);
    expect(facts.methods.get('stop')).toMatchObject({ isAsync: true, isGenerator: false, isStatic: false, isPublic: true });
    expect(facts.methods.get('run')).toMatchObject({ isAsync: false, isGenerator: true });
  });

  test('what is private, protected or static', () => {
    const { methods } = classIn('class Poller { private a() {} protected b() {} public c() {} #d() {} static e() {} }');
    expect([...methods.values()].filter(({ isPublic }) => isPublic).map(({ name }) => name)).toEqual(['c', 'e']);
    expect(methods.get('e')?.isStatic).toBe(true);
    expect(methods.get('#d')?.name).toBe('#d');
  });

  test('string, template and well-known symbol keys; not what only run time can tell', () => {
    const facts = classIn(dedent`
      class Poller {
        'start'() {}
        ['stop']() {}
        [\`run\`]() {}
        [Symbol.asyncDispose]() {}
        [name]() {}
        [\`\${prefix}Start\`]() {}
        42() {}
      }
    `);
    expect(methodNames(facts)).toEqual(['start', 'stop', 'run', '[Symbol.asyncDispose]', '42']);
  });

  test('overload signatures beside their implementation', () => {
    const facts = classIn('class Poller { start(): void; start(by: string): void; start(by?: string) {} }');
    expect(methodNames(facts)).toEqual(['start']);
    expect(facts.bodyless.size).toBe(0);
  });

  test('abstract members and signatures alone have no body', () => {
    const facts = classIn('abstract class Poller { abstract start(): void; abstract timer: Timer; stop(): void; }');
    expect(methodNames(facts)).toEqual([]);
    expect([...facts.bodyless]).toEqual(['start', 'timer', 'stop']);
  });

  test('of a declared class', () => {
    expect([...classIn('declare class Poller { start(): Promise<void>; }').bodyless]).toEqual(['start']);
  });

  test('decorated and generic ones', () => {
    expect(methodNames(classIn('class Poller<T> { @bind start<U>(by: U): T { return by as never; } @bind() stop = () => {}; }'))).toEqual(['start', 'stop']);
  });

  test('accessors are no methods', () => {
    const facts = classIn('class Poller { get running() { return this.on; } set running(value) {} static get instance() { return it; } accessor on = false; }');
    expect(methodNames(facts)).toEqual([]);
    expect([...facts.getters.keys()]).toEqual(['running', 'instance']);
  });

  test('the last of two methods with one name counts', () => {
    const text = 'class Poller { start() { first(); } start() { second(); } }';
    expect(codeOf(text, classIn(text).methods.get('start')?.value.body)).toBe('{ second(); }');
  });
});

describe('fields', () => {
  test('declared ones, with type and value', () => {
    const text = 'class Poller { #timer?: Timer; running = false; static shared: Poller; declare only: string; }';
    const { fields } = classIn(text);
    expect([...fields.keys()]).toEqual(['#timer', 'running', 'shared', 'only']);
    expect(codeOf(text, fields.get('#timer')?.typeAnnotation)).toBe('Timer');
    expect(codeOf(text, fields.get('running')?.init)).toBe('false');
    expect(fields.get('shared')?.isStatic).toBe(true);
  });

  test('assigned in the constructor only', () => {
    const text = 'class Poller { constructor(url) { this.url = url; this["name"] = "poller"; if (url) this.maybe = 1; other.field = 2; } }';
    const { fields } = classIn(text);
    expect([...fields.keys()]).toEqual(['url', 'name']);
    expect(codeOf(text, fields.get('url')?.node)).toBe('this.url = url');
  });

  test('declared without a value and given one in the constructor', () => {
    const text = 'class Poller { private lock: Mutex; constructor() { this.lock = new Mutex(); } }';
    const lock = classIn(text).fields.get('lock');
    expect([codeOf(text, lock?.init), codeOf(text, lock?.typeAnnotation), codeOf(text, lock?.node)]).toEqual([
      'new Mutex()',
      'Mutex',
      'private lock: Mutex;',
    ]);
  });

  test('a value where it is declared wins over the constructor', () => {
    const text = 'class Poller { running = false; constructor() { this.running = true; } }';
    expect(codeOf(text, classIn(text).fields.get('running')?.init)).toBe('false');
  });

  test('parameter properties, also with a default', () => {
    const { fields } = classIn('class Poller { constructor(private readonly url: string, public every = 50, plain: number) {} }');
    expect([...fields.keys()]).toEqual(['url', 'every']);
  });

  test('a method that the constructor binds stays a method', () => {
    const facts = classIn('class Poller { constructor() { this.start = this.start.bind(this); } start() {} }');
    expect(facts.fields.has('start')).toBe(false);
    expect(methodNames(facts)).toEqual(['start']);
  });

  test('static blocks and index signatures are neither', () => {
    const facts = classIn('class Poller { static { Poller.count = 0; } [key: string]: unknown; start() {} }');
    expect([...facts.fields.keys(), ...methodNames(facts)]).toEqual(['start']);
  });

  test('the implementation among constructor overloads', () => {
    const facts = classIn('class Poller { constructor(); constructor(url: string); constructor(url?: string) { this.url = url; } }');
    expect(facts.constructorNode).toBeDefined();
    expect([...facts.fields.keys()]).toEqual(['url']);
  });
});
