import { nameOf } from '../files/discover-files.ts';
import { commandOf, FormatterFinder, type FoundFormatter } from './find-formatter.ts';
import { type FormatterChoice, FORMATTERS } from './formatter.ts';
import type { Io } from '../io.ts';
import { runTool } from './run-tool.ts';

/** How many paths a formatter is given at once: systems limit the length of a command. */
const MOST_PATHS = 200;

/** Has files that were written formatted as their project does. What goes wrong is a warning, one line each: the files are written, and right. */
export async function formatFiles(paths: readonly string[], choice: FormatterChoice, io: Io): Promise<readonly string[]> {
  if (choice === 'none' || paths.length === 0) return [];
  const named = choice === 'auto' ? undefined : choice;
  const finder = new FormatterFinder();
  const groups = new Map<string, { readonly found: FoundFormatter; readonly paths: string[] }>();
  const warnings = new Set<string>();
  for (const path of paths) {
    const [found, ...others] = finder.find(path, named);
    if (found === undefined) {
      warnings.add(`not formatted: ${named === undefined ? 'no configuration of prettier, biome, oxfmt or dprint was found' : `no configuration of ${named} was found, and no package.json lists it`}`);
    } else if (others.length > 0) {
      const names = [found, ...others].map(({ name }) => name).join(' and ');
      warnings.add(`not formatted: ${nameOf(found.folder, io.cwd)} is set up for ${names}; name one of them, as in --formatter ${found.name}`);
    } else {
      const key = `${found.name} ${found.folder}`;
      groups.set(key, { found, paths: [...(groups.get(key)?.paths ?? []), path] });
    }
  }
  for (const group of groups.values()) {
    const warning = await runFormatter(group.found, group.paths, io);
    if (warning !== undefined) warnings.add(warning);
  }
  return [...warnings];
}

async function runFormatter(found: FoundFormatter, paths: readonly string[], io: Io): Promise<string | undefined> {
  const { name, folder } = found;
  const command = commandOf(found);
  if (command === undefined) return `not formatted: ${name} is set up in ${nameOf(folder, io.cwd)} and not installed there; install the project's packages first`;
  for (let start = 0; start < paths.length; start += MOST_PATHS) {
    // With `./` no name can be taken for an option.
    const names = paths.slice(start, start + MOST_PATHS).map((path) => `./${nameOf(path, folder)}`);
    let said = '';
    const run = await runTool(command, [...FORMATTERS[name].args, ...names], folder, { write: (text) => void (said += text) });
    if (!run.isDone) {
      io.stderr.write(said);
      return `not formatted: ${name} failed in ${nameOf(folder, io.cwd)}, ${run.why}`;
    }
  }
  return undefined;
}
