import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lowestNodeMajor } from './lowest-node-major.ts';
import { describeError } from '../problem.ts';
import { isRecord } from '../is-record.ts';

/** What the package.json that a file belongs to says. */
export interface Project {
  /** Its folder; undefined where there is no package.json above the file. */
  readonly root: string | undefined;
  readonly packages: readonly string[];
  readonly nodeMajor: number | undefined;
  /** Of `@types/node`. */
  readonly nodeTypesMajor: number | undefined;
}

const NO_PROJECT: Project = { root: undefined, packages: [], nodeMajor: undefined, nodeTypesMajor: undefined };

/** Reads the nearest package.json above each folder once. */
export class ProjectReader {
  readonly #known = new Map<string, Project>();

  /** Throws an Error of one line, with the path in it, for a package.json that is no JSON. */
  read(folder: string): Project {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const above = dirname(folder);
    const project = readOwn(folder) ?? (above === folder ? NO_PROJECT : this.read(above));
    this.#known.set(folder, project);
    return project;
  }
}

/** The project whose package.json lies in `folder`. One that only says `type`, as build output has them, is not a project. */
function readOwn(folder: string): Project | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const manifest = readJsonObject(path);
  const dependencies = ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies'].map((key) => manifest[key]);
  if (manifest['name'] === undefined && dependencies.every((list) => list === undefined)) return undefined;
  const engines = manifest['engines'];
  const range = isRecord(engines) ? engines['node'] : undefined;
  const types = dependencies.map((list) => (isRecord(list) ? list['@types/node'] : undefined)).find((one) => one !== undefined);
  return {
    root: folder,
    packages: [...new Set(dependencies.flatMap((list) => (isRecord(list) ? Object.keys(list) : [])))],
    nodeMajor: typeof range === 'string' ? lowestNodeMajor(range) : undefined,
    nodeTypesMajor: typeof types === 'string' ? lowestNodeMajor(types) : undefined,
  };
}

/** The object that a JSON file holds. Throws an Error of one line with the path in it. */
export function readJsonObject(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${describeError(error)}`, { cause: error });
  }
  return parseJsonObject(path, text);
}

/** The object that a JSON text holds; `path` is what an Error of one line calls it. */
export function parseJsonObject(path: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${describeError(error)}`, { cause: error });
  }
  if (!isRecord(value)) throw new Error(`${path} is not valid: it has to hold an object`);
  return value;
}
