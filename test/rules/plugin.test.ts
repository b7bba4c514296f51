import * as parser from '@typescript-eslint/parser';
import dedent from 'dedent';
import { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import { describe, expect, test } from 'vitest';

import { rules } from '../../rules/index.ts';
import plugin from '../../rules/plugin.ts';

const typescript: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser } };

const racing = dedent`
  export class Poller {
    async start(): Promise<void> {
      if (this.running) return;
      await boot();
      this.running = true;
    }
    async stop(): Promise<void> {
      this.running = false;
      await halt();
    }
  }
`;

function reports(config: Linter.Config[], file = 'src/poller.ts', code = racing): readonly (string | null)[] {
  return new Linter().verify(code, config, file).map(({ ruleId, message }) => ruleId ?? message);
}

describe('presets', () => {
  const { all, recommended, strict } = plugin.configs;

  test('recommended reports the race, and not what is missing by the letter only', () => {
    expect(reports(defineConfig(typescript, recommended))).toEqual(['lifecycle/require-lifecycle-lock']);
  });

  test('strict asks for the dispose too', () => {
    expect(reports(defineConfig(typescript, strict))).toEqual(['lifecycle/require-async-dispose', 'lifecycle/require-lifecycle-lock']);
  });

  test('all is at least as demanding as strict', () => {
    expect(reports(defineConfig(typescript, all))).toEqual(reports(defineConfig(typescript, strict)));
  });

  test.each(['recommended', 'strict', 'all'] as const)('%s gives the same however it is put in', (name) => {
    const config = plugin.configs[name];
    const listed = reports(defineConfig(typescript, config));
    expect(reports(defineConfig(typescript, ...config))).toEqual(listed);
    expect(reports([typescript, ...config])).toEqual(listed);
    expect(reports(defineConfig({ ...typescript, extends: [config] }))).toEqual(listed);
    expect(reports(defineConfig({ ...typescript, plugins: { lifecycle: plugin }, extends: [`lifecycle/${name}`] }))).toEqual(listed);
  });

  test.each(['recommended', 'strict'] as const)('%s holds each rule as its meta says', (name) => {
    const expected = rules.flatMap(({ meta, name: rule }) => {
      const options = meta.docs.presets[name];
      if (options === undefined) return [];
      return [[`lifecycle/${rule}`, Object.keys(options).length === 0 ? 'error' : ['error', options]]];
    });
    expect(Object.assign({}, ...plugin.configs[name].map((config) => config.rules))).toEqual(Object.fromEntries(expected));
  });

  test('a rule can be named in a comment once a preset is in use', () => {
    const code = `/* eslint lifecycle/require-async-dispose: ["error", { demand: "present" }] */\n${racing}`;
    expect(reports(defineConfig(typescript, recommended), 'src/poller.ts', code)).toContain('lifecycle/require-async-dispose');
  });
});

describe('off-in-tests', () => {
  const config = defineConfig(typescript, plugin.configs.strict, plugin.configs['off-in-tests']);

  test.each([
    'src/poller.test.ts',
    'src/poller.spec.ts',
    'test/poller.ts',
    'packages/a/tests/poller.ts',
    'src/__tests__/poller.ts',
    'e2e/poller.ts',
  ])('%s is left alone', (file) => {
    expect(reports(config, file)).toEqual([]);
  });

  test.each(['src/poller.ts', 'src/testing.ts', 'src/latest/poller.ts'])('%s is linted', (file) => {
    expect(reports(config, file)).toContain('lifecycle/require-lifecycle-lock');
  });
});

describe('settings.lifecycle', () => {
  const lint = (lifecycle: unknown): (() => readonly (string | null)[]) => {
    return () => reports(defineConfig(typescript, plugin.configs.recommended, { settings: { lifecycle } }));
  };

  test('an unknown key is rejected, with those that are known', () => {
    expect(lint({ lockMethod: ['runLocked'] })).toThrow(
      'lifecycle setting "lockMethod" is unknown. ' +
        'Known settings: pairs, lockMethods, lockClasses, lockDecorators, timeouts, safeBases, resources, frameworks.',
    );
  });

  test('a value of the wrong form is rejected, with its place', () => {
    expect(lint({ pairs: [['arm']] })).toThrow(/: lifecycle setting "pairs\.0\.1" /);
    expect(lint({ lockMethods: 'runLocked' })).toThrow('lifecycle setting "lockMethods" must be Array, not "runLocked".');
    expect(lint({ frameworks: ['angular'] })).toThrow(/: lifecycle setting "frameworks\.0" must be .*"nest".*, not "angular"\./);
    expect(lint('strict')).toThrow('lifecycle settings must be Object, not "strict".');
  });

  test('none of them is needed', () => {
    expect(lint({})()).toEqual(['lifecycle/require-lifecycle-lock']);
    expect(lint(undefined)()).toEqual(['lifecycle/require-lifecycle-lock']);
  });
});

test('the plugin says what it is', () => {
  expect(plugin.meta).toMatchObject({ name: 'eslint-plugin-lifecycle', namespace: 'lifecycle' });
  expect(plugin.meta?.version).toMatch(/^\d+\.\d+\.\d+/);
});
