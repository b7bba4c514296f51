import type { PlannedFile } from './plan.ts';
import { nameOf } from './discover-files.ts';
import type { Colors } from './io.ts';
import type { Problem } from './problem.ts';
import { isChanged, type RunResult } from './run-result.ts';

/** One line below a heading: a place that terminals and editors open, and what is said of it. */
type Entry = readonly [place: string, text: string];

/** The summary for people: what was added, what is left and why, what failed, what to install, and the counts. */
export function summarise(result: RunResult, cwd: string, colors: Colors): string {
  const { mode, plan, problems, install } = result;
  const added = plan.files.filter((file) => isChanged(file, result)).flatMap(addedEntries);
  const commands = install.map(({ root, command }) => (root === cwd ? command : `cd ${nameOf(root, cwd)} && ${command}`));
  const newFiles = plan.newFiles.filter(({ path }) => result.written?.paths.has(path) ?? true);
  return [
    mode === 'check' ? '' : section(colors.green(mode === 'write' ? 'Added' : 'Would add'), [...newFiles.map(newFileEntry), ...added], colors),
    section(colors.yellow('Left for you'), plan.files.flatMap(leftEntries), colors),
    section(colors.dim('Skipped'), plan.skipped.map(problemEntry), colors),
    section(colors.red('Failed'), problems.map(problemEntry), colors),
    commands.length === 0 ? '' : `${colors.cyan('To install')}\n${commands.map((command) => `  ${colors.bold(command)}\n`).join('')}\n`,
    `${count(result)}\n`,
  ].join('');
}

/** What `--quiet` leaves of it. */
export function listProblems(problems: readonly Problem[], colors: Colors): string {
  return section(colors.red('Failed'), problems.map(problemEntry), colors);
}

function section(heading: string, entries: readonly Entry[], { dim }: Colors): string {
  if (entries.length === 0) return '';
  const width = Math.max(...entries.map(([place]) => place.length));
  return `${heading}\n${entries.map(([place, text]) => `  ${dim(place.padEnd(width))}  ${text}\n`).join('')}\n`;
}

function addedEntries({ name, services }: PlannedFile): readonly Entry[] {
  return services
    .filter(({ added }) => added.length > 0)
    .map(({ service, line, added }) => [`${name}:${line}`, `${service}: ${added.map(({ what }) => what).join(', ')}`]);
}

function leftEntries({ name, services }: PlannedFile): readonly Entry[] {
  return services.flatMap(({ service, left }) =>
    left.map(({ line, column, why, codemod }): Entry => [`${name}:${line}:${column}`, `${service}: ${why} (${codemod})`]),
  );
}

function newFileEntry({ name }: { name: string }): Entry {
  return [name, 'new file: the lock that the others import'];
}

function problemEntry({ file, line, column, message }: Problem): Entry {
  return [line === undefined ? file : `${file}:${line}:${column ?? 1}`, message];
}

function count(result: RunResult): string {
  const { mode, plan } = result;
  const services = plan.files.flatMap((file) => file.services.map((service) => ({ ...service, isChanged: isChanged(file, result) })));
  const read = `Read ${amount(plan.filesRead, 'file')}`;
  if (services.length === 0) return `${read}, found no service (a class with a start and a stop).`;
  const changed = services.filter((service) => service.isChanged && service.added.length > 0).length;
  const left = services.filter((service) => service.left.length > 0).length;
  const fine = services.filter((service) => service.added.length + service.left.length === 0).length;
  const files = plan.files.filter((file) => isChanged(file, result)).length;
  const kinds = KINDS.map((kind) => [kind, services.filter((one) => (one.kind ?? 'service') === kind).length] as const);
  const found = kinds.flatMap(([kind, number]) => (number === 0 ? [] : [kind === 'class' ? `${number} other ${number === 1 ? 'class' : 'classes'}` : amount(number, kind)]));
  const parts = [
    changed > 0 && `${changed} ${mode === 'write' ? 'changed' : 'would change'} in ${amount(files, 'file')}`,
    left > 0 && `${left} left for you`,
    fine > 0 && `${fine} fine as ${fine === 1 ? 'it is' : 'they are'}`,
  ];
  return `${read}, found ${found.join(', ')}: ${parts.filter(Boolean).join(', ')}.`;
}

const KINDS = ['service', 'class', 'function', 'module'] as const;

function amount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
