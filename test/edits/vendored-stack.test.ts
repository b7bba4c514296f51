import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dedent from 'dedent';
import { describe, expect, test } from 'vitest';
import type { ProjectOptions } from '../../codemods/project-codemod.ts';
import { type ProjectResult, runProjectCodemods } from '../../codemods/run-project-codemods.ts';
import codemod from '../../codemods/use-await-using.ts';
import { lifecycleStackSource } from '../../edits/lifecycle-stack-source.ts';
import type { Project } from '../../model/project.ts';
import { fakeProject } from '../codemods/fake-project.ts';

const COPY = `${dedent`
  export async function copy(from, to) {
    const one = new Store(from);
    await one.open();
    const two = new Store(to);
    await two.open();
    await two.write(await one.read());
    await two.close();
    await one.close();
  }
`}\n`;

const STORE = `${dedent`
  export class Store {
    async open() {
      this.file = await open(this.path);
    }
    async close() {
      await this.file.close();
    }
  }

  export async function createStore(path) {
    const store = new Store(path);
    await store.open();
    return store;
  }
`}\n`;

/** Built by tsc for less than ESNext, with a lib that knows what is disposable. */
function lowered(texts: Readonly<Record<string, string>>): Project {
  const project = fakeProject(texts);
  return {
    ...project,
    targetOf: () => ({ lowersUsing: 'yes', knowsAsyncDispose: true, knowsAsyncDisposableStack: true, config: undefined }),
    withTexts: (changed) => lowered({ ...texts, ...Object.fromEntries(changed) }),
  };
}

const OPTIONS: ProjectOptions = { nodeMajor: 20, stackFileFor: () => '/src/lifecycle-stack.ts' };

function run(texts: Readonly<Record<string, string>>, options = OPTIONS): ProjectResult {
  return runProjectCodemods([codemod], lowered(texts), Object.keys(texts), options);
}

describe('a stack of our own', () => {
  test('is imported from where it will stand, and is needed there', () => {
    const { texts, needs, project, services } = run({ '/src/deep/copy.ts': `import { Store } from '../store';\n\n${COPY}` });
    expect(texts.get('/src/deep/copy.ts')).toContain("import { Store } from '../store';\nimport { AsyncDisposableStack } from '../lifecycle-stack';\n");
    expect(needs).toEqual([{ kind: 'file', specifier: '../lifecycle-stack', file: '/src/lifecycle-stack.ts' }]);
    expect(project.sourceOf('/src/lifecycle-stack.ts')?.text).toBe(lifecycleStackSource('/src/lifecycle-stack.ts'));
    // The line is that of the text before.
    expect(services.get('/src/deep/copy.ts')).toEqual([{ service: 'copy', kind: 'function', line: 3, added: [{ codemod: 'use-await-using', what: 'await using' }], left: [] }]);
  });

  test('stands beside what is cut, in lines that end as those of the file do', () => {
    const before = `${dedent`
      import { openStore, type Store } from "./store.js"
      let from: Store | undefined
      let to: Store | null = null
      try {
        from = await openStore("from")
        to = await openStore("to")
        await to.write(await from.read())
      } finally {
        await to?.close()
        await from?.close()
      }
    `}\n`.replaceAll('\n', '\r\n');
    const after = `${dedent`
      import { openStore, type Store } from "./store.js"
      import { AsyncDisposableStack } from "./lifecycle-stack.js"
      await using stack = new AsyncDisposableStack()
      const from: Store = await openStore("from")
      stack.defer(async () => { await from.close() })
      const to: Store = await openStore("to")
      stack.defer(async () => { await to.close() })
      await to.write(await from.read())
    `}\n`.replaceAll('\n', '\r\n');
    expect(run({ '/src/main.ts': before }).texts.get('/src/main.ts')).toBe(after);
  });

  test('comes into the docs as it is written', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/codemods/use-await-using.md'), 'utf8');
    const lines = /```diff\n(.*?)```/s.exec(page)?.[1]?.split('\n') ?? [];
    const side = (other: string): string => lines.filter((line) => !line.startsWith(other)).map((line) => line.slice(1)).join('\n');
    expect(run({ '/src/forward.ts': side('+') }).texts.get('/src/forward.ts')).toBe(side('-'));
  });

  test('is not taken from another file of its name', () => {
    const { texts, needs } = run({ '/src/copy.ts': COPY, '/src/lifecycle-stack.ts': 'export const stack = [];\n' });
    expect(texts.get('/src/copy.ts')).toContain('finally');
    expect(needs).toEqual([]);
  });

  test.each<[string, string, string, ProjectOptions]>([
    ['JavaScript, which nobody lowers', '/src/copy.js', COPY, OPTIONS],
    ['what is made for browsers', '/src/copy.tsx', COPY, OPTIONS],
    ['a script, of which an import would make a module', '/src/copy.ts', COPY.replace('export ', ''), OPTIONS],
    ['a module that has its imports another way', '/src/copy.ts', `import store = require('./store');\n${COPY}`, OPTIONS],
    ['a Node that may not know Symbol.asyncDispose', '/src/copy.ts', COPY, { ...OPTIONS, nodeMajor: 18 }],
    ['a Node that nobody knows', '/src/copy.ts', COPY, { stackFileFor: () => '/src/lifecycle-stack.ts' }],
    ['whoever does not say where it is to stand', '/src/copy.ts', COPY, { nodeMajor: 20 }],
  ])('is not for %s', (_name, file, text, options) => {
    const { texts, needs } = run({ [file]: text }, options);
    expect(texts.get(file)).toContain('  } finally {\n    await one.close();\n  }\n');
    expect(texts.get(file)).not.toContain('import {');
    expect(needs).toEqual([]);
  });

  test('is imported once for all the callers of a provider', () => {
    const caller = (name: string): string => COPY.replace('copy', name).replaceAll(/new Store\((.*)\);\n.*open\(\);/g, 'await createStore($1);');
    const { texts, needs } = run({ '/src/store.ts': STORE, '/src/copy.ts': `import { createStore } from './store';\n\n${caller('first')}${caller('second')}` });
    expect(texts.get('/src/store.ts')).not.toContain('await store.open();');
    const text = texts.get('/src/copy.ts') ?? '';
    expect(text.match(/import \{ AsyncDisposableStack \}/g)).toHaveLength(1);
    expect(text.match(/await using stack = new AsyncDisposableStack\(\);/g)).toHaveLength(2);
    expect(text.match(/ {2}const two = await createStore\(to\);\n {2}await two\.open\(\);\n {2}stack\.defer\(async \(\) => \{ await two\.close\(\); \}\);\n/g)).toHaveLength(2);
    expect(needs).toHaveLength(1);
  });
});
