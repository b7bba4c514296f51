import { describe, expect, test } from 'vitest';
import type { Codemod, Plan } from '../../codemods/codemod.ts';
import { eachService } from '../../codemods/each-service.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { visit } from '../../model/ast/visit.ts';

const IMPORT = "import { now } from 'clock';\n";

/** Puts `now();` first in every function that begins with `old();`, and leaves those that begin with `odd();`. */
const modernise: Codemod = {
  name: 'modernise',
  description: '',
  mends: [],
  isDefault: false,
  looksAt: 'timers',
  plan: ({ program, text }) => {
    const plans: Plan[] = [];
    visit(program, (node) => {
      if (node.type !== 'FunctionDeclaration' || node.id === null) return undefined;
      const { name } = node.id;
      const at = node.body.range[0] + 2;
      if (text.startsWith('odd();', at)) plans.push({ name, node, outcome: { kind: 'leftover', node, why: 'it is odd' } });
      if (!text.startsWith('old();', at)) return undefined;
      const imports = text.includes(IMPORT) ? [] : [{ start: 0, end: 0, text: IMPORT }];
      const changes = [...imports, { start: at, end: at, text: 'now(); ' }];
      plans.push({ name, node, outcome: { kind: 'edit', changes, safety: 'review', added: 'the new way', needs: [] } });
      return undefined;
    });
    return plans;
  },
};

function mend(text: string, codemods: readonly Codemod[] = [modernise]): ReturnType<typeof runCodemods> {
  return runCodemods(codemods, { fileName: 'a.ts', text });
}

const done = { codemod: 'modernise', what: 'the new way' };

describe('a codemod that looks at functions', () => {
  test('mends each, with one import, and tells of each at its own line', () => {
    const { text, services } = mend('function a() { old(); }\nfunction b() { fine(); }\nfunction c() { odd(); }\nfunction d() { old(); }\n');
    expect(text).toBe(`${IMPORT}function a() { now(); old(); }\nfunction b() { fine(); }\nfunction c() { odd(); }\nfunction d() { now(); old(); }\n`);
    expect(services).toEqual([
      { service: 'a', kind: 'function', line: 1, added: [done], left: [] },
      { service: 'c', kind: 'function', line: 3, added: [], left: [{ codemod: 'modernise', line: 3, column: 1, why: 'it is odd' }] },
      { service: 'd', kind: 'function', line: 4, added: [done], left: [] },
    ]);
  });

  test('mends a function inside another one after the other', () => {
    const { text, services } = mend('function outer() { old();\n  function inner() { old(); }\n}\n');
    expect(text).toBe(`${IMPORT}function outer() { now(); old();\n  function inner() { now(); old(); }\n}\n`);
    expect(services.map(({ service, line, added }) => [service, line, added.length])).toEqual([
      ['outer', 1, 1],
      ['inner', 2, 1],
    ]);
  });

  test('leaves the one whose edit does not hold, also beside others of its name', () => {
    const breaking: Codemod = {
      ...modernise,
      plan: (source, options) =>
        modernise.plan(source, options).map((plan): Plan => {
          const { outcome, node } = plan;
          if (outcome.kind !== 'edit' || !source.text.slice(...node.range).includes('BREAK')) return plan;
          return { ...plan, outcome: { ...outcome, changes: [{ start: node.range[0], end: node.range[0], text: '}' }] } };
        }),
    };
    const { text, services } = mend('{ function a() { old(); BREAK; } }\n{ function a() { old(); } }\n{ function a() { old(); BREAK; } }\n', [breaking]);
    expect(text).toBe(`${IMPORT}{ function a() { old(); BREAK; } }\n{ function a() { now(); old(); } }\n{ function a() { old(); BREAK; } }\n`);
    expect(services.map(({ line, added, left }) => [line, added.length, left.length])).toEqual([
      [1, 0, 1],
      [2, 1, 0],
      [3, 0, 1],
    ]);
  });

  test('goes together with one that looks at services, whose places come first', () => {
    const note = '/* looked at */ ';
    const look: Codemod = {
      name: 'look',
      description: '',
      mends: [],
      isDefault: false,
      plan: eachService(({ node }, { text }) =>
        text.includes(note) ? undefined : { kind: 'edit', changes: [{ start: node.range[0], end: node.range[0], text: note }], safety: 'review', added: 'a look', needs: [] },
      ),
    };
    const { text, services } = mend('function a() { old(); }\nclass B { async start() { await go(); } async stop() { await end(); } }\n', [look, modernise]);
    expect(text).toBe(`${IMPORT}function a() { now(); old(); }\n${note}class B { async start() { await go(); } async stop() { await end(); } }\n`);
    expect(services.map(({ service, line, added }) => [service, line, added.map(({ what }) => what)])).toEqual([
      ['a', 1, ['the new way']],
      ['B', 2, ['a look']],
    ]);
  });
});

describe('accept', () => {
  const text = 'function a() { old(); }\nfunction b() { old(); }\nfunction c() { odd(); }\n';

  test('mends what is accepted, and tells nothing of the rest', () => {
    const result = runCodemods([modernise], { fileName: 'a.ts', text }, { accept: ({ service, line }) => service === 'b' && line === 2 });
    expect(result.text).toBe(`${IMPORT}function a() { old(); }\nfunction b() { now(); old(); }\nfunction c() { odd(); }\n`);
    expect(result.services.filter(({ added, left }) => added.length + left.length > 0)).toEqual([{ service: 'b', kind: 'function', line: 2, added: [done], left: [] }]);
  });

  test('goes by the lines of the original text, whatever an earlier codemod has put above', () => {
    const second: Codemod = { ...modernise, name: 'again', plan: (source, options) => (source.text.includes('again') ? [] : modernise.plan(source, options)) };
    const result = runCodemods([modernise, second], { fileName: 'a.ts', text }, { accept: ({ line }) => line === 1 });
    expect(result.text).toBe(`${IMPORT}function a() { now(); old(); }\nfunction b() { old(); }\nfunction c() { odd(); }\n`);
  });

  test('nothing accepted is nothing changed', () => {
    expect(runCodemods([modernise], { fileName: 'a.ts', text }, { accept: () => false }).text).toBe(text);
  });
});
