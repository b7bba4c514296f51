import { camelCase } from './camel-case.ts';

const FENCE = '```';

/** The files of a new rule. They work as they stand; what is to be replaced is marked with TODO. */
export function newRule(name: string): ReadonlyMap<string, string> {
  return new Map([
    [`rules/${name}.ts`, ruleFile(name)],
    [`test/rules/${name}.test.ts`, testFile(name)],
    [`docs/rules/${name}.md`, page(name)],
  ]);
}

function ruleFile(name: string): string {
  return `import { defineRule } from './define-rule.ts';

export default defineRule({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'Require a service to TODO', presets: {} },
    schema: [],
    messages: {
      todo: '\`{{service}}\` TODO: what goes wrong at run time, and what to do.',
    },
  },
  defaultOptions: [],
  *findings({ services }) {
    for (const service of services) {
      if (service.dispose.hasAsync !== 'no') continue; // TODO: the fact; 'unknown' stays silent
      yield { node: service.stop.main.node.key, service: service.name, messageId: 'todo', data: { service: service.name } };
    }
  },
});
`;
}

function testFile(name: string): string {
  const rule = camelCase(name);
  return `import dedent from 'dedent';
import ${rule} from '../../rules/${name}.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('${name}', ${rule}, {
  valid: [
    {
      name: 'TODO: what is fine',
      code: dedent\`
        class Poller {
          async start() { this.task = this.poll(); }
          async stop() { await this.task; }
          async [Symbol.asyncDispose]() { await this.stop(); }
        }
      \`,
    },
  ],
  invalid: [
    {
      name: 'TODO: what goes wrong',
      code: dedent\`
        class Poller {
          async start() { this.task = this.poll(); }
          async stop() { await this.task; }
        }
      \`,
      errors: [{ messageId: 'todo', data: { service: 'Poller' }, line: 3, column: 9, endLine: 3, endColumn: 13 }],
    },
  ],
});
`;
}

function page(name: string): string {
  return `# ${name}

<!-- end auto-generated rule header -->

TODO: one paragraph. What goes wrong at run time, and when the user would notice.

## What it reports

TODO: and what it deliberately does not.

## Examples

### Incorrect

${FENCE}ts
class Poller {
  async start() { this.task = this.poll(); }
  async stop() { await this.task; }
}
${FENCE}

### Correct

${FENCE}ts
class Poller {
  async start() { this.task = this.poll(); }
  async stop() { await this.task; }
  async [Symbol.asyncDispose]() { await this.stop(); }
}
${FENCE}

## Limits

TODO: known misses and known noise.

## Seen in the wild

TODO: a public bug of this kind, with a link, in a sentence.

## On real code

<!-- begin precision -->
<!-- end precision -->

## Related

TODO: the codemod, the fact of the model that it reads, neighbouring rules.
`;
}
