import { camelCase } from './camel-case.ts';

const FENCE = '```';

const BEFORE = `import { connectTo, type Session } from '../../types.ts';

export class Connection {
  #session: Session | undefined;

  async start(): Promise<void> {
    this.#session = await connectTo('tcp://localhost');
  }

  async stop(): Promise<void> {
    await this.#session?.close();
  }
}
`;
const ADDED = ' /* TODO */';
const AFTER = BEFORE.replace('stop(): Promise<void> {', `$&${ADDED}`);
const NO_SERVICE = `export class Counter {
  count = 0;

  add(): void {
    this.count++;
  }
}
`;

/** The files of a new codemod. They work as they stand; what is to be replaced is marked with TODO. */
export function newCodemod(name: string): ReadonlyMap<string, string> {
  const fixtures = `fixtures/codemods/${name}`;
  return new Map([
    [`codemods/${name}.ts`, codemodFile(name)],
    [`edits/${name}.ts`, editFile(name)],
    [`${fixtures}/first/before.ts`, BEFORE],
    [`${fixtures}/first/after.ts`, AFTER],
    [`${fixtures}/unchanged/no-service.ts`, NO_SERVICE],
    [`test/codemods/${name}.test.ts`, testFile(name)],
    [`docs/codemods/${name}.md`, page(name)],
  ]);
}

function codemodFile(name: string): string {
  const edit = camelCase(name);
  return `import { ${edit} } from '../edits/${name}.ts';
import { defineCodemod } from './define-codemod.ts';
import { eachService } from './each-service.ts';

/** TODO: what it does to every service. */
export default defineCodemod({
  name: '${name}',
  description: 'TODO: what it does to a service',
  mends: [],
  isDefault: false,
  plan: eachService(${edit}),
});
`;
}

function editFile(name: string): string {
  return `import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import type { Outcome } from './outcome.ts';

const ADDED = '${ADDED}';

/** TODO: what it adds, and why there. */
export function ${camelCase(name)}({ stop }: Service, source: Source): Outcome | undefined {
  const { node, value } = stop.main;
  if (value.body.type !== 'BlockStatement') return { kind: 'leftover', node, why: \`\${stop.main.name}() has no block to add it to\` };
  const at = value.body.range[0] + 1;
  if (source.text.startsWith(ADDED, at)) return undefined;
  return { kind: 'edit', changes: [{ start: at, end: at, text: ADDED }], safety: 'review', added: 'TODO', needs: [] };
}
`;
}

/** The pairs in `fixtures/` are tested for every codemod alike; a test of its own is for what it leaves, and why. */
function testFile(name: string): string {
  const codemod = camelCase(name);
  return `import { expect, test } from 'vitest';
import ${codemod} from '../../codemods/${name}.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

test('says why it left a class alone', () => {
  const text = 'class Poller { start = async () => { this.task = this.poll(); }; stop = async () => this.task; }';
  const { services } = runCodemods([${codemod}], { fileName: 'poller.ts', text });
  expect(services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['stop() has no block to add it to']);
});
`;
}

function page(name: string): string {
  return `# ${name}

<!-- end auto-generated codemod header -->

## What it changes

TODO: and what it takes care of.

### Before

${FENCE}ts
${BEFORE}${FENCE}

### After

${FENCE}ts
${AFTER}${FENCE}

## What it leaves

TODO: with the reasons it gives.

## How to run it

${FENCE}sh
npx lifecycle-codemod --codemod ${name} src
npx jscodeshift --no-babel -t node_modules/eslint-plugin-lifecycle/dist/codemods/${name}.js --extensions ts src
${FENCE}

## Related

TODO: the rule that finds what it left.
`;
}
