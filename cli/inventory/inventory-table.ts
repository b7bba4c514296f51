import type { Colors } from '../io.ts';
import type { Problem } from '../problem.ts';
import { wrap } from '../wrap.ts';
import type { Inventory, InventoryEntry } from './read-inventory.ts';
import { type Mark, markOf, type Preset, type Requirement, REQUIREMENTS } from './requirements.ts';

const WORDS: Readonly<Record<Mark, string>> = { yes: 'yes', no: 'no', unknown: '?', 'not asked': '-' };
const GAP = '  ';
/** Of a path so much should be beside the marks. */
const LEAST_PLACE = 24;

/**
 * A row for each service, with a column for each requirement that is asked of any of them. Where a service is comes last, so that long paths
 * break nothing. In a terminal of fewer `columns` than the marks take, a list of what each lacks.
 */
export function inventoryTable({ entries, filesRead, skipped, problems }: Inventory, preset: Preset, { colors, columns }: { readonly colors: Colors; readonly columns: number | undefined }): string {
  const notes = [...problems, ...skipped].map((problem) => `${describe(problem)}\n`).join('');
  const lacking = entries.filter((entry) => marksOf(entry, REQUIREMENTS, preset).includes('no')).length;
  const sum = `${counted(entries.length, 'service')} in ${counted(filesRead, 'file')}, ${lacking} ${lacking === 1 ? 'lacks' : 'lack'} something (${preset})\n`;
  if (entries.length === 0) return notes + sum;
  const asked = REQUIREMENTS.filter((requirement) => entries.some(({ explanation }) => markOf(explanation, requirement, preset) !== 'not asked'));
  const cells = entries.map((entry) => [entry.explanation.service, entry.explanation.kind, ...marksOf(entry, asked, preset).map((mark) => WORDS[mark])]);
  const heads = ['service', 'kind', ...asked.map(({ title }) => title.toLowerCase())];
  const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one + GAP.length, 0);
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  if (columns !== undefined && total(widths) + LEAST_PLACE > columns) return `${entries.map((entry) => listItem(entry, preset, { colors, columns })).join('')}\n${notes}${sum}`;
  const rows = cells.map((row, index) => {
    const padded = row.map((cell, column) => paint(cell.padEnd(widths[column] ?? 0), cell, colors));
    const { file, line } = entries[index]?.explanation ?? { file: '', line: 0 };
    return `${[...padded, `${oneLine(file)}:${line}`].join(GAP)}\n`;
  });
  const head = colors.bold(`${[...heads.map((title, column) => title.padEnd(widths[column] ?? 0)), 'at'].join(GAP)}\n`);
  return `${head}${rows.join('')}\n${notes}${sum}yes: it has it   no: it lacks it   ?: cannot be told from the file   -: not asked of it\n`;
}

/** A service with where it is, and below it what it lacks and what cannot be told. */
function listItem(entry: InventoryEntry, preset: Preset, { colors, columns }: { readonly colors: Colors; readonly columns: number }): string {
  const { service, kind, file, line } = entry.explanation;
  const titles = (mark: Mark): string => REQUIREMENTS.filter((requirement) => markOf(entry.explanation, requirement, preset) === mark).map(({ title }) => title.toLowerCase()).join(', ');
  const item = (label: string, text: string, color: (text: string) => string): string =>
    text === '' ? '' : wrap(text, columns - LABEL).map((one, index) => `${index === 0 ? color(label.padEnd(LABEL)) : ' '.repeat(LABEL)}${one}\n`).join('');
  const [no, unknown] = [titles('no'), titles('unknown')];
  const fine = no + unknown === '' ? item('  has', 'all that is asked of it', colors.green) : '';
  return `${colors.bold(service)}  ${colors.dim(`${kind}, ${oneLine(file)}:${line}`)}\n${item('  lacks', no, colors.red)}${item('  unclear', unknown, colors.yellow)}${fine}`;
}

const LABEL = '  unclear  '.length;

function marksOf({ explanation }: InventoryEntry, requirements: readonly Requirement[], preset: Preset): readonly Mark[] {
  return requirements.map((requirement) => markOf(explanation, requirement, preset));
}

function paint(padded: string, word: string, { red, yellow, green, dim }: Colors): string {
  if (word === WORDS.no) return red(padded);
  if (word === WORDS.unknown) return yellow(padded);
  if (word === WORDS.yes) return green(padded);
  return word === WORDS['not asked'] ? dim(padded) : padded;
}

function describe({ file, line, message }: Problem): string {
  return `${oneLine(file)}${line === undefined ? '' : `:${line}`}: ${message}`;
}

/** A name with an escape sequence or a line feed in it does nothing to the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
