import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type LilconfigResult, lilconfigSync } from 'lilconfig';
import { DEFAULT_SETTINGS, type ResolvedSettings } from '../../model/settings.ts';
import { CliError } from '../cli-error.ts';
import type { Engine } from '../engine.ts';
import { describeError } from '../problem.ts';
import { parseJsonObject } from './read-project.ts';

const CONFIG_FILE = 'lifecycle.config.json';
const MANIFEST = 'package.json';
const KEY = 'lifecycle';

/** Only JSON is looked for, and only read: a configuration that is code is never run. */
const OPTIONS = { searchPlaces: [CONFIG_FILE, MANIFEST], packageProp: [KEY], ignoreEmptySearchPlaces: false, stopDir: '/', loaders: { '.json': load } };

/** Reads, for each folder once, the settings that hold for the files in it. */
export class SettingsReader {
  readonly #known = new Map<string, ResolvedSettings>();
  readonly #search = lilconfigSync(KEY, OPTIONS);
  readonly #loadParse: Engine['loadParseSettings'];

  constructor(loadParse: Engine['loadParseSettings']) {
    this.#loadParse = loadParse;
  }

  /**
   * The settings of the nearest `lifecycle.config.json`, or `"lifecycle"` in a package.json, from `folder` upwards; the nearest holds alone.
   * A promise the first time that there are any. Throws a CliError that names the file and what is wrong in it.
   */
  read(folder: string): Promise<ResolvedSettings> | ResolvedSettings {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const found = this.#search.search(folder);
    if (found !== null) return this.#parse(folder, found);
    this.#known.set(folder, DEFAULT_SETTINGS);
    return DEFAULT_SETTINGS;
  }

  async #parse(folder: string, { filepath, config, isEmpty }: NonNullable<LilconfigResult>): Promise<ResolvedSettings> {
    if (isEmpty === true) throw new CliError(`${filepath} is empty: it has to hold an object, {} at least`);
    refuseTwo(filepath);
    const parse = await this.#loadParse();
    try {
      const settings = parse(config);
      this.#known.set(folder, settings);
      return settings;
    } catch (error) {
      throw new CliError(`${filepath}: ${describeError(error)}`);
    }
  }
}

function load(path: string, content: string): Readonly<Record<string, unknown>> {
  try {
    return parseJsonObject(path, content);
  } catch (error) {
    // A package.json that is none stops the files of its project only, and their own reader says so.
    if (basename(path) === MANIFEST) return {};
    throw new CliError(describeError(error));
  }
}

function refuseTwo(path: string): void {
  if (basename(path) !== CONFIG_FILE) return;
  const manifest = join(dirname(path), MANIFEST);
  if (!existsSync(manifest) || load(manifest, readFileSync(manifest, 'utf8'))[KEY] === undefined) return;
  throw new CliError(`${path} and "${KEY}" in ${manifest} both hold settings: keep one`);
}
