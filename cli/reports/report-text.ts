import type { ServiceResult } from '../../codemods/codemod.ts';
import type { PlannedFile } from '../planning/plan.ts';
import { nameOf } from '../files/discover-files.ts';
import type { Colors } from '../io.ts';
import type { Problem } from '../problem.ts';
import { quoteName } from '../files/quote-name.ts';
import { isChanged, type RunResult } from '../run-result.ts';
import { wrap } from '../wrap.ts';

/** One line below a heading: a place that terminals and editors open, and what is said of it. */
type Entry = readonly [place: string, text: string];

/** Narrower than this, a text stands below its place rather than beside it. */
const LEAST_BESIDE = 40;

interface Look {
  readonly colors: Colors;
  /** Of the terminal; undefined where lines may have any length. */
  readonly columns: number | undefined;
}

/** The summary for people: what was added, what is left and why, what failed, what to install, and the counts. */
export function summarise(result: RunResult, cwd: string, look: Look): string {
  const { colors } = look;
  const { mode, plan, problems, warnings } = result;
  const added = plan.files.filter((file) => isChanged(file, result)).flatMap(addedEntries);
  const commands = commandsToRun(result, cwd);
  const newFiles = plan.newFiles.filter(({ path }) => result.written?.paths.has(path) ?? true);
  return [
    mode === 'check' ? '' : section(colors.green(mode === 'write' ? 'Added' : 'Would add'), [...newFiles.map(newFileEntry), ...added], look),
    section(colors.yellow('Left for you'), plan.files.flatMap((file) => leftEntries(file, 'left')), look),
    section(colors.dim('Acknowledged'), plan.files.flatMap((file) => leftEntries(file, 'acknowledged')), look),
    section(colors.yellow('Acknowledged for nothing'), (plan.stale ?? []).map(problemEntry), look),
    section(colors.dim('Skipped'), plan.skipped.map(problemEntry), look),
    listProblems(problems, warnings, look),
    commands.length === 0 ? '' : `${colors.cyan('To install')}\n${commands.map((command) => `  ${colors.bold(command)}\n`).join('')}\n`,
    `${countLine(result)}\n`,
  ].join('');
}

/** How to install what is missing, from the working directory. */
export function commandsToRun({ install }: Pick<RunResult, 'install'>, cwd: string): readonly string[] {
  return install.filter(({ isInstalled }) => !isInstalled).map(({ root, command }) => (root === cwd ? command : `cd ${nameOf(root, cwd)} && ${command}`));
}

/** What `--quiet` leaves of it. */
export function listProblems(problems: readonly Problem[], warnings: readonly string[], look: Look): string {
  const { colors } = look;
  const warned = warnings.length === 0 ? '' : `${colors.yellow('Warnings')}\n${warnings.map((warning) => `  ${warning}\n`).join('')}\n`;
  return warned + section(colors.red('Failed'), problems.map(problemEntry), look);
}

function section(heading: string, entries: readonly Entry[], { colors: { dim }, columns }: Look): string {
  if (entries.length === 0) return '';
  const quoted = entries.map(([place, text]): Entry => [quoteName(place), text]);
  const width = Math.max(...quoted.map(([place]) => place.length));
  const indent = width + 4;
  const lines = quoted.map(([place, text]) => {
    if (columns === undefined) return `  ${dim(place.padEnd(width))}  ${text}\n`;
    if (columns - indent < LEAST_BESIDE) return `  ${dim(place)}\n${indented(wrap(text, columns - 4), 4)}`;
    return `  ${dim(place.padEnd(width))}  ${indented(wrap(text, columns - indent), indent).trimStart()}`;
  });
  return `${heading}\n${lines.join('')}\n`;
}

function indented(lines: readonly string[], by: number): string {
  return lines.map((line) => `${' '.repeat(by)}${line}\n`).join('');
}

function addedEntries({ name, services }: PlannedFile): readonly Entry[] {
  return services
    .filter(({ added }) => added.length > 0)
    .map(({ service, line, added }) => [`${name}:${line}`, `${service}: ${added.map(({ what }) => what).join(', ')}`]);
}

function leftEntries({ name, services }: PlannedFile, kind: 'acknowledged' | 'left'): readonly Entry[] {
  return services.flatMap(({ service, [kind]: places = [] }) =>
    places.map(({ file = name, line, column, why, codemod }): Entry => [`${file}:${line}:${column}`, `${service}: ${why} (${codemod})`]),
  );
}

function newFileEntry({ name }: { name: string }): Entry {
  return [name, `new file: the ${name.includes('lifecycle-stack') ? 'stack' : 'lock'} that the others import`];
}

function problemEntry({ file, line, column, message }: Problem): Entry {
  return [line === undefined ? file : `${file}:${line}:${column ?? 1}`, message];
}

/** One line of figures. */
export function countLine(result: RunResult): string {
  const { mode, plan } = result;
  const services = plan.files.flatMap((file) => file.services.map((service) => ({ ...service, isChanged: isChanged(file, result) })));
  if (plan.filesRead === 0) return 'There was no file to read.';
  const read = `Read ${amount(plan.filesRead, 'file')}`;
  if (services.length === 0) return `${read}, found ${plan.isJoint ? 'nothing for these codemods to do' : 'no service (a class with a start and a stop)'}.`;
  const changed = services.filter((service) => service.isChanged && service.added.length > 0).length;
  const left = services.filter((service) => service.left.length > 0).length;
  const declined = plan.declined?.size ?? 0;
  const acknowledged = services.filter((service) => service.acknowledged !== undefined).length;
  const isFine = ({ added, left: own, acknowledged: known }: ServiceResult): boolean => added.length + own.length === 0 && known === undefined;
  const fine = services.filter(isFine).length - [...(plan.declined ?? [])].filter(isFine).length;
  const files = plan.files.filter((file) => isChanged(file, result)).length;
  const kinds = KINDS.map((kind) => [kind, services.filter((one) => (one.kind ?? 'service') === kind).length] as const);
  const found = kinds.flatMap(([kind, number]) => (number === 0 ? [] : [kind === 'class' ? `${number} other ${number === 1 ? 'class' : 'classes'}` : amount(number, kind)]));
  const parts = [
    changed > 0 && `${changed} ${mode === 'write' ? 'changed' : 'would change'} in ${amount(files, 'file')}`,
    declined > 0 && `${declined} left as you wanted`,
    left > 0 && `${left} left for you`,
    acknowledged > 0 && `${acknowledged} acknowledged`,
    fine > 0 && `${fine} fine as ${fine === 1 ? 'it is' : 'they are'}`,
  ];
  return `${read}, found ${found.join(', ')}: ${parts.filter(Boolean).join(', ')}.`;
}

const KINDS = ['service', 'class', 'function', 'module'] as const;

function amount(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
