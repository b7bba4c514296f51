import type { Recipe } from './recipe.ts';

/** How the members of one generated class are called, and which of them it has. */
export class Names {
  /** Methods beside start, stop and the work, in the order in which they were asked for. */
  readonly helpers: string[] = [];
  readonly #fields = new Map<string, string>();
  readonly #recipe: Recipe;

  constructor(recipe: Recipe) {
    this.#recipe = recipe;
  }

  get deps(): string {
    return this.#isHash ? 'this.#deps' : 'this.deps';
  }

  get #isHash(): boolean {
    return this.#recipe.privacy === '#';
  }

  /** What keeps a member from callers: subclasses of the same file need to see it. */
  get modifier(): string {
    if (this.#isHash) return '';
    return this.#recipe.base === 'none' ? 'private ' : 'protected ';
  }

  /** A field, declared where it is first named: `this.#task`. */
  field(name: string, type: string, value?: string): string {
    const own = this.own(name);
    if (!this.#fields.has(own)) this.#fields.set(own, `${this.modifier}${own}: ${type}${value === undefined ? '' : ` = ${value}`};`);
    return `this.${own}`;
  }

  own(name: string): string {
    return this.#isHash ? `#${name}` : name;
  }

  /** Adds a helper method, and names it: `this.open`. */
  helper(name: string, lines: readonly string[], result = 'void', params = ''): string {
    this.helpers.push('', `${this.modifier}async ${this.own(name)}(${params}): Promise<${result}> {`, ...lines, '}');
    return `this.${this.own(name)}`;
  }

  /** The unlocked half of start or stop, where the class has such halves of its own. */
  half(side: 'start' | 'stop'): string {
    return `this.${this.own(side === 'start' ? 'begin' : 'end')}`;
  }

  fields(): readonly string[] {
    return [...this.#fields.values()];
  }

  constructorLines(): readonly string[] {
    if (!this.#isHash) return [`constructor(${this.modifier}readonly deps: Outside) {}`, ''];
    return ['readonly #deps: Outside;', '', 'constructor(deps: Outside) {', 'this.#deps = deps;', '}', ''];
  }
}
