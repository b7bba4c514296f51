import type { ESLint, Linter } from 'eslint';
import packageJson from '../package.json' with { type: 'json' };
import { rules } from './index.ts';
import type { Presets } from './define-rule.ts';

type PresetName = keyof Presets<object>;
type ConfigName = PresetName | 'all' | 'off-in-tests';

const PREFIX = 'lifecycle';
const TESTS = ['**/*.{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', '**/{test,tests,__tests__,e2e}/**'];

/** Flat-config arrays, for `extends` as well as for spreading. */
export interface LifecyclePlugin extends ESLint.Plugin {
  readonly configs: Readonly<Record<ConfigName, Linter.Config[]>>;
}

const named: Record<string, (typeof rules)[number]> = Object.fromEntries(rules.map((rule) => [rule.name, rule]));
const base = { meta: { name: packageJson.name, version: packageJson.version, namespace: PREFIX }, rules: named };
// The configs name the plugin that they are part of, so that a user has nothing to register.
const configs = {} as Record<ConfigName, Linter.Config[]>;
const plugin: LifecyclePlugin = { ...base, configs };

function ruleConfig(name: ConfigName, entries: Linter.RulesRecord, files?: string[]): Linter.Config[] {
  return [{ name: `${PREFIX}/${name}`, ...(files === undefined ? {} : { files }), plugins: { [PREFIX]: plugin }, rules: entries }];
}

function preset(name: PresetName): Linter.RulesRecord {
  const entries = rules.flatMap(({ name: rule, meta }): [string, Linter.RuleEntry][] => {
    const options = meta.docs.presets[name];
    if (options === undefined) return [];
    return [[`${PREFIX}/${rule}`, Object.keys(options).length === 0 ? 'error' : ['error', options]]];
  });
  return Object.fromEntries(entries);
}

function every(entry: Linter.RuleEntry): Linter.RulesRecord {
  return Object.fromEntries(rules.map(({ name }) => [`${PREFIX}/${name}`, entry]));
}

Object.assign(configs, {
  recommended: ruleConfig('recommended', preset('recommended')),
  'recommended-typed': ruleConfig('recommended-typed', { ...preset('recommended'), ...preset('recommended-typed') }),
  strict: ruleConfig('strict', preset('strict')),
  all: ruleConfig('all', { ...every('error'), ...preset('strict') }),
  'off-in-tests': ruleConfig('off-in-tests', every('off'), TESTS),
});

export default plugin;
