import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseArguments } from '../../cli/arguments/arguments.ts';
import { completionScript } from '../../cli/arguments/completion.ts';
import { parseExplainArguments } from '../../cli/explain/explain-arguments.ts';
import { parseReportArguments } from '../../cli/inventory/report-arguments.ts';
import { EXAMPLES_AND_EXIT_CODES } from '../../cli/arguments/usage.ts';
import { codemods, projectCodemods } from '../../codemods/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const ALL = [...codemods, ...projectCodemods];
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];

/** The arguments of each command in the code blocks of a text, without what the shell would keep for itself. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const lines = text.match(/(?<=^(?:- run: | {2})?(?:npx )?lifecycle-codemod )[^\n]+/gm) ?? [];
  return lines.map((line) => (/^.*?(?=\s+#|\s+[|>]|\s{2,}|$)/.exec(line)?.[0] ?? '').split(/\s+/).map((word) => word.replaceAll('"', '')));
}

const documented = [
  ...commandsIn(EXAMPLES_AND_EXIT_CODES).map((argv) => ['--help', argv] as const),
  ...PAGES.flatMap((page) => commandsIn(readFileSync(join(ROOT, page), 'utf8')).map((argv) => [page, argv] as const)),
];

test('there are commands in the help, the README and the pages', () => {
  expect(documented.map(([page]) => page)).toEqual(expect.arrayContaining(['--help', 'README.md', 'docs/command.md', 'docs/codemods/release-timers.md']));
  expect(documented.length).toBeGreaterThan(40);
});

test.each(documented)('%s: %j is understood', (_, argv) => {
  if (argv[0] === 'completion') {
    expect(completionScript(argv[1], ALL)).toContain('lifecycle-codemod');
    return;
  }
  if (argv[0] === 'explain') {
    expect(parseExplainArguments(argv.slice(1), () => undefined)?.targets).not.toEqual([]);
    return;
  }
  if (argv[0] === 'report') {
    expect(argv.includes('--help') || parseReportArguments(argv.slice(1), () => undefined) !== undefined).toBe(true);
    return;
  }
  const given = parseArguments(argv, ALL, (path) => ['src', 'test', '.'].includes(path), () => undefined);
  expect(given?.paths.length === 0 && !given.list && !argv.includes('--help')).toBe(false);
});
