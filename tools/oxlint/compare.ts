import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Preset, Report } from './report.ts';
import { runEslint } from './run-eslint.ts';
import { runOxlint } from './run-oxlint.ts';

export interface Comparison {
  readonly preset: Preset;
  readonly files: number;
  /** The number of reports that both give. */
  readonly same: number;
  readonly onlyEslint: readonly string[];
  readonly onlyOxlint: readonly string[];
  /** Files that one of them, or both, cannot parse; their reports are not compared. */
  readonly unparsable: readonly string[];
}

const PRESETS = ['recommended', 'strict'] as const;
/** Minified files are left out: oxlint does not lint them. */
const SOURCE = /(?<!\.min)\.[cm]?[jt]sx?$/;

/** Lints the sources below `folder` with both, and lists what one says and the other does not. `plugin` is the built file. */
export function compare(folder: string, plugin: string): readonly Comparison[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  const eslint = files.map((file) => runEslint(folder, file, PRESETS));
  return PRESETS.map((preset) => {
    const both = { eslint: eslint.flatMap((reports) => reports.get(preset) ?? []), oxlint: runOxlint(folder, plugin, preset) };
    return { preset, files: files.length, ...difference(both) };
  });
}

function difference(reports: Readonly<Record<'eslint' | 'oxlint', readonly Report[]>>): Omit<Comparison, 'files' | 'preset'> {
  const unparsable = new Map<string, string>();
  for (const [linter, all] of Object.entries(reports)) {
    for (const { file, rule, message } of all) if (rule === undefined) unparsable.set(file, `${linter}: ${message}`);
  }
  const textsOf = (linter: keyof typeof reports): readonly string[] => reports[linter].filter(({ file }) => !unparsable.has(file)).map(textOf);
  const onlyEslint = without(textsOf('eslint'), textsOf('oxlint'));
  return {
    same: textsOf('eslint').length - onlyEslint.length,
    onlyEslint,
    onlyOxlint: without(textsOf('oxlint'), textsOf('eslint')),
    unparsable: [...unparsable].map(([file, why]) => `${file} (${why})`),
  };
}

function textOf({ file, rule, line, column, message }: Report): string {
  return `${file}:${line}:${column} ${rule ?? ''} ${message}`;
}

/** What `some` has more often than `others`. */
function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((text) => {
    const at = left.indexOf(text);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
