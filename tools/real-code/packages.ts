import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import pinned from './packages.json' with { type: 'json' };

/** Everything fetched lives here, and nothing of it is ever committed. */
export const CACHE = join(import.meta.dirname, '../../.real-code');

const SOURCES = { ts: /(?<!\.d)\.[cm]?tsx?$/, js: /\.[cm]?jsx?$/ };

/** A published package, unpacked. */
export interface Package {
  /** Without the version: `@grpc/grpc-js`. */
  readonly name: string;
  readonly folder: string;
  /** Paths of its sources below `folder`, with forward slashes, sorted. */
  readonly files: readonly string[];
  /** The packages it depends on. */
  readonly dependencies: readonly string[];
}

type Pinned = (typeof pinned)[number];

/** The pinned packages, fetched through `npm pack` where the cache lacks them. `only` picks some by name. */
export function fetchPackages(only?: readonly string[]): Package[] {
  return pinned.filter(({ spec }) => only === undefined || only.includes(nameOf(spec))).map((entry) => openPackage(entry));
}

function nameOf(spec: string): string {
  return spec.slice(0, spec.lastIndexOf('@'));
}

function openPackage(entry: Pinned): Package {
  const folder = join(CACHE, entry.spec.replace('/', '+'));
  if (!existsSync(folder)) download(entry, folder);
  const pattern = entry.language === 'ts' ? SOURCES.ts : SOURCES.js;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && pattern.test(file.name))
    .map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll(sep, '/'))
    .sort();
  return { name: nameOf(entry.spec), folder, files, dependencies: readDependencies(folder) };
}

/** Packs into a folder of its own and moves the result, so that an interrupted run leaves no half package behind. */
function download({ spec, integrity }: Pinned, folder: string): void {
  process.stderr.write(`fetching ${spec}\n`);
  mkdirSync(CACHE, { recursive: true });
  const temporary = mkdtempSync(join(CACHE, 'fetching-'));
  try {
    execFileSync('npm', ['pack', '--loglevel', 'error', '--ignore-scripts', '--pack-destination', temporary, spec], {
      cwd: temporary,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    const archive = readdirSync(temporary).find((file) => file.endsWith('.tgz'));
    if (archive === undefined) throw new Error(`npm pack wrote no archive for ${spec}`);
    const got = `sha512-${createHash('sha512').update(readFileSync(join(temporary, archive))).digest('base64')}`;
    if (got !== integrity) throw new Error(`${spec} is not what was pinned: ${got}`);
    execFileSync('tar', ['-xzf', archive], { cwd: temporary });
    rmSync(join(temporary, archive));
    const [root] = readdirSync(temporary);
    if (root === undefined) throw new Error(`the archive of ${spec} is empty`);
    renameSync(join(temporary, root), folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function readDependencies(folder: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) return [];
  return Object.keys(manifest.dependencies ?? {});
}
