import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openProject } from '../../../cli/project/open-project.ts';
import { toSlashes } from '../../../cli/files/to-slashes.ts';
import codemod from '../../../codemods/move-start-out-of-constructor.ts';
import type { ProjectOptions } from '../../../codemods/project-codemod.ts';
import { runProjectCodemods } from '../../../codemods/run-project-codemods.ts';

/** The files of a project by their names below its folder. */
export type Texts = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL('../../../fixtures/projects/move-start/', import.meta.url));

const DEFAULTS: Texts = {
  'package.json': '{ "name": "app", "private": true, "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'es2022', lib: ['es2022', 'dom'], module: 'nodenext', types: [], strict: true, noEmit: true, allowJs: true, experimentalDecorators: true },
  }),
};

export interface Case {
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
  readonly options: ProjectOptions;
}

/** `fixtures/projects/move-start/<case>/{before,after}/`. */
export function changedCases(): readonly Case[] {
  const names = readdirSync(root).filter((name) => name !== 'unchanged');
  return names.map((name) => {
    const options = join(root, name, 'options.json');
    return {
      name,
      before: textsIn(join(root, name, 'before')),
      after: textsIn(join(root, name, 'after')),
      options: existsSync(options) ? (JSON.parse(readFileSync(options, 'utf8')) as ProjectOptions) : {},
    };
  });
}

/** A project of `fixtures/projects/move-start/unchanged/<case>/`. */
export function unchangedTexts(name: string): Texts {
  return textsIn(join(root, 'unchanged', name));
}

export function unchangedNames(): readonly string[] {
  return readdirSync(join(root, 'unchanged'));
}

function textsIn(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [toSlashes(join(parentPath, name)).slice(toSlashes(folder).length + 1), readFileSync(join(parentPath, name), 'utf8')]));
}

/** Writes texts below a folder of their own, which goes with the test. */
export function writeTexts(texts: Texts): string {
  const folder = toSlashes(mkdtempSync(join(tmpdir(), 'lifecycle-move-start-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...DEFAULTS, ...texts })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export interface Mended {
  readonly texts: Texts;
  /** `bus.ts:3 new Bus() in …`, by the file of the place. */
  readonly left: readonly string[];
  readonly typeErrors: readonly string[];
  readonly added: readonly string[];
}

/** What the codemod makes of a project that is written to disk and opened as the command opens it. */
export function mend(texts: Texts, options: ProjectOptions = {}): Mended {
  const folder = writeTexts(texts);
  const files = Object.keys(texts).filter((name) => /\.[cm]?[jt]sx?$/.test(name)).map((name) => `${folder}/${name}`);
  const { project, services, texts: changed } = runProjectCodemods([codemod], openProject(files), files, options);
  const bare = (path: string): string => path.replace(`${folder}/`, '');
  const results = [...services].flatMap(([file, list]) => list.map((result) => ({ file, ...result })));
  return {
    texts: { ...texts, ...Object.fromEntries([...changed].map(([file, text]) => [bare(file), text])) },
    left: results.flatMap(({ file, left }) => left.map((place) => `${bare(place.file ?? file)}:${String(place.line)} ${place.why.replaceAll(`${folder}/`, '')}`)),
    typeErrors: project.typeProblems().map(({ file, line, message }) => `${bare(file)}:${String(line)} ${message}`),
    added: results.flatMap(({ added }) => added.map(({ what }) => what)),
  };
}
