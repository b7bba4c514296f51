import { parse as parseWithTypeScript } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { parse as parseWithEspree } from 'espree';
import { parseSync } from 'oxc-parser';
import { classesOf } from '../../model/read-classes.ts';
import type { ClassFacts, Service } from '../../model/service.ts';
import { factsOf } from '../../model/services-of.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';

/** Parses as the CLI does. Throws on code that cannot be parsed, so that no test passes on an empty program. */
export function parse(text: string, fileName = 'service.ts'): Source {
  const { program, errors } = parseSync(fileName, text, { astType: 'ts', range: true, preserveParens: false });
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(error.codeframe ?? error.message);
  return { text, program: program as unknown as TSESTree.Program, comments: [], fileName };
}

/** Parses as ESLint does with typescript-eslint. */
export function parseAsTypeScript(text: string): Source {
  return { text, program: parseWithTypeScript(text, { range: true, loc: true, jsx: true }), comments: [], fileName: 'service.tsx' };
}

/** Parses as ESLint does by itself; JavaScript only. */
export function parseAsJavaScript(text: string): Source {
  const options = { ecmaVersion: 'latest', sourceType: 'module', range: true, loc: true, ecmaFeatures: { jsx: true } } as const;
  return { text, program: parseWithEspree(text, options) as unknown as TSESTree.Program, comments: [], fileName: 'service.jsx' };
}

/** The first class of a text. */
export function classIn(text: string): ClassFacts {
  const [first] = classesOf(parse(text).program);
  if (first === undefined) throw new Error('no class');
  return first;
}

export function servicesIn(text: string, settings: LifecycleSettings = {}): readonly Service[] {
  return factsOf(parse(text), { ...DEFAULT_SETTINGS, ...settings }).services;
}

/** The only service of a text. */
export function serviceIn(text: string, settings: LifecycleSettings = {}): Service {
  const [first, ...others] = servicesIn(text, settings);
  if (first === undefined || others.length > 0) throw new Error(`${others.length === 0 ? 'no' : 'more than one'} service`);
  return first;
}

/** The code of a node on one line. */
export function codeOf(text: string, node: TSESTree.Node | undefined): string {
  return node === undefined ? '' : text.slice(...node.range).replaceAll(/\s+/g, ' ');
}
