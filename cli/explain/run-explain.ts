import { dirname } from 'node:path';
import { UnparsableError } from '../../codemods/codemod.ts';
import { parse } from '../../codemods/parse.ts';
import type { Source } from '../../model/source.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import { colorsFor, type Io } from '../io.ts';
import { quoteName } from '../files/quote-name.ts';
import { SettingsReader } from '../settings/read-settings.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { columnsOf } from '../wrap.ts';
import { chooseServices } from './choose-services.ts';
import { parseExplainArguments } from './explain-arguments.ts';
import type { Explanation } from './explanation.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationsOf } from './explanations-of.ts';
import { readTarget, type Target } from './read-target.ts';
import { explanationText } from './text/explanation-text.ts';

/** Columns where nobody says how wide the terminal is. */
const WIDTH = 92;

/** `lifecycle-codemod explain`: what is known of the services of a file. `argv` is what follows `explain`. */
export async function runExplain(argv: readonly string[], io: Io, engine: Pick<Engine, 'loadParseSettings'>): Promise<ExitCode> {
  const given = parseExplainArguments(argv, (help) => io.stdout.write(help));
  if (given === undefined) return EXIT.done;
  const settings = new SettingsReader(engine.loadParseSettings);
  const services: Explanation[] = [];
  for (const one of given.targets) services.push(...(await explain(readTarget(one, io.cwd), settings)));
  if (given.format === 'json') {
    io.stdout.write(explanationJson(services));
    return EXIT.done;
  }
  const colors = colorsFor(io.stdout, io.env);
  io.stdout.write(services.map((service) => explanationText(service, colors, widthOf(io))).join('\n'));
  return EXIT.done;
}

async function explain({ name, path, text, className }: Target, reader: SettingsReader): Promise<readonly Explanation[]> {
  const settings = await reader.read(dirname(path));
  const source = parsed(name, path, text);
  const services = explanationsOf(source, settings).map((service) => ({ ...service, file: toSlashes(name) }));
  return chooseServices(services, className, { name, source, settings });
}

function parsed(name: string, path: string, text: string): Source {
  try {
    return parse(toSlashes(path), text);
  } catch (error) {
    if (!(error instanceof UnparsableError)) throw error;
    throw new CliError(`${quoteName(`${name}:${String(error.line)}:${String(error.column)}`)}: cannot be parsed: ${error.message}`);
  }
}

/** As wide as the terminal, within what can be read. */
function widthOf({ stdout }: Io): number {
  return Math.min(100, Math.max(60, columnsOf(stdout) ?? WIDTH));
}
