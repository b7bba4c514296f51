import { EXIT, type ExitCode } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import { findFiles } from '../files/find-files.ts';
import { colorsFor, type Io } from '../io.ts';
import type { FileContext } from '../planning/plan-file.ts';
import { startProgress } from '../progress.ts';
import { FormatReader } from '../settings/read-format.ts';
import { ProjectReader } from '../settings/read-project.ts';
import { SettingsReader } from '../settings/read-settings.ts';
import { readVersion } from '../read-version.ts';
import { inventoryJson } from './inventory-json.ts';
import { inventoryTable } from './inventory-table.ts';
import { type Inventory, readInventory, type Reader } from './read-inventory.ts';
import { parseReportArguments, type ReportArguments } from './report-arguments.ts';
import { columnsOf } from '../wrap.ts';
import { checkPagePath, writePage } from './write-page.ts';

/** `lifecycle-codemod report`: lists all services. `argv` is what follows `report`. */
export async function runReport(argv: readonly string[], io: Io, engine: Engine): Promise<ExitCode> {
  const given = parseReportArguments(argv, (help) => io.stdout.write(help));
  if (given === undefined) return EXIT.done;
  if (given.html !== undefined) checkPagePath(given.html, io.cwd);
  const inventory = await inventoryFor(given, io, engine);
  if (given.html !== undefined) {
    const [{ buildPageData }, { inventoryPage }] = await Promise.all([import('./build-page-data.ts'), import('./inventory-page.ts')]);
    writePage(given.html, io.cwd, inventoryPage(buildPageData(inventory, given.preset, readVersion())));
  }
  if (given.format === 'json') io.stdout.write(inventoryJson(inventory, given.preset));
  else io.stdout.write(inventoryTable(inventory, given.preset, { colors: colorsFor(io.stdout, io.env), columns: columnsOf(io.stdout) }));
  return inventory.problems.length > 0 ? EXIT.failed : EXIT.done;
}

async function inventoryFor(given: ReportArguments, io: Io, engine: Engine): Promise<Inventory> {
  const found = await findFiles(given, io.cwd);
  const reader = await loadReader();
  const codemods = engine.codemods.filter(({ isDefault }) => isDefault);
  const context: FileContext = { cwd: io.cwd, codemods, options: {}, engine, projects: new ProjectReader(), formats: new FormatReader(), settings: new SettingsReader(engine.loadParseSettings) };
  const progress = startProgress(found.files.length, io);
  const reading = readInventory({
    paths: given.paths,
    files: found.files,
    mayHold: (text, { pairs }) => engine.mayHold('services', text, pairs),
    reader,
    context,
    withMends: given.html !== undefined,
    onProgress: progress.report,
  });
  const inventory = await reading.finally(progress.stop);
  return { ...inventory, skipped: [...found.skipped, ...inventory.skipped], problems: [...found.problems, ...inventory.problems] };
}

async function loadReader(): Promise<Reader> {
  const [{ explanationsOf }, { parse }, { servicesOf }, { positionOf }] = await Promise.all([
    import('../explain/explanations-of.ts'),
    import('../../codemods/parse.ts'),
    import('../../model/services-of.ts'),
    import('../../model/line-of.ts'),
  ]);
  return {
    explain: ({ fileName, text }, settings) => explanationsOf(parse(fileName, text), settings),
    findServices: ({ fileName, text }, settings) => {
      const source = parse(fileName, text);
      return servicesOf(source, settings).map(({ name, node: { range } }) => ({ service: name, line: positionOf(source, range[0]).line, endLine: positionOf(source, range[1]).line }));
    },
  };
}
