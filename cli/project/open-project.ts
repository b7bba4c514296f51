import { resolve } from 'node:path';
import { isSourceName } from '../files/source-name.ts';
import { toSlashes } from '../files/to-slashes.ts';
import { type Layout, layOut } from './layout.ts';
import { type LoadedParts, LoadedProject } from './loaded-project.ts';
import { OutputMap } from './output-map.ts';
import { Resolver } from './resolver.ts';
import { Texts } from './texts.ts';

/**
 * Loads what the files, given as absolute paths, belong to, and all that may use it. Nothing is compiled before somebody asks.
 * Throws a ProjectError of one line for a tsconfig.json or a package.json that cannot be used. `given` are texts in the place of those on disk,
 * those of a tsconfig.json among them.
 */
export function openProject(files: readonly string[], given?: ReadonlyMap<string, string>): LoadedProject {
  const texts = new Texts(given);
  return new LoadedProject(partsOf(layOut(files.map((file) => toSlashes(resolve(file))), texts), texts, new Map()));
}

function partsOf(layout: Layout, texts: Texts, declarations: LoadedParts['declarations']): LoadedParts {
  const { owners, packages, members } = layout;
  const outputs = new OutputMap(layout.configs, (path) => owners.has(path));
  const resolver = new Resolver({ texts, packages, members, outputs, configOf: (file) => owners.get(file) });
  return connect({ layout, texts, outputs, resolver, declarations });
}

function connect(parts: Omit<LoadedParts, 'changed'>): LoadedParts {
  return {
    ...parts,
    changed(given) {
      const texts = parts.texts.with(given);
      const added = [...given.keys()].filter((file) => !parts.layout.owners.has(file) && isSourceName(file));
      return added.length === 0 ? connect({ ...parts, texts }) : partsOf(withFiles(parts.layout, added), texts, parts.declarations);
    },
  };
}

function withFiles(layout: Layout, added: readonly string[]): Layout {
  const owners = new Map([...layout.owners, ...added.map((file) => [file, layout.search.ownerOf(file).config] as const)]);
  return { ...layout, owners, configs: new Set([...layout.configs, ...owners.values()]) };
}
