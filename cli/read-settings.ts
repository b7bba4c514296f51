import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEFAULT_SETTINGS, type ResolvedSettings } from '../model/settings.ts';
import { CliError } from './cli-error.ts';
import type { Engine } from './engine.ts';
import { describeError } from './problem.ts';
import { readJsonObject } from './read-project.ts';

const CONFIG_FILE = 'lifecycle.config.json';

/**
 * The settings of the nearest `lifecycle.config.json`, or `"lifecycle"` in a package.json, from `folder` upwards.
 * Throws a CliError that names the file and what is wrong in it.
 */
export async function readSettings(folder: string, loadParseSettings: Engine['loadParseSettings']): Promise<ResolvedSettings> {
  const found = findSettings(folder);
  if (found === undefined) return DEFAULT_SETTINGS;
  const parseSettings = await loadParseSettings();
  try {
    return parseSettings(found.value);
  } catch (error) {
    throw new CliError(`${found.path}: ${describeError(error)}`);
  }
}

function findSettings(folder: string): { path: string; value: unknown } | undefined {
  const config = join(folder, CONFIG_FILE);
  const manifest = join(folder, 'package.json');
  const hasConfig = existsSync(config);
  const inManifest = existsSync(manifest) ? read(manifest)['lifecycle'] : undefined;
  if (hasConfig && inManifest !== undefined) throw new CliError(`${config} and "lifecycle" in ${manifest} both hold settings: keep one`);
  if (hasConfig) return { path: config, value: read(config) };
  if (inManifest !== undefined) return { path: manifest, value: inManifest };
  const above = dirname(folder);
  return above === folder ? undefined : findSettings(above);
}

function read(path: string): Readonly<Record<string, unknown>> {
  try {
    return readJsonObject(path);
  } catch (error) {
    throw new CliError(describeError(error));
  }
}
