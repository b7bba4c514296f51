import { ts } from 'ts-morph';
import type { Fact } from '../../model/service.ts';
import { entriesOf, indexesOf } from './entries.ts';
import type { OutputMap } from './output-map.ts';
import type { Package } from './packages.ts';
import { withoutAlias } from './symbols.ts';

export interface PublishedParts {
  readonly program: ts.Program;
  readonly files: readonly string[];
  readonly outputs: OutputMap;
}

/** Whether an entry of the package exports one of the symbols. */
export function isPublishedBy(owner: Package, wanted: readonly ts.Symbol[], parts: PublishedParts): Fact {
  if (owner.manifest['private'] === true) return 'no';
  const sources = entrySources(owner, parts);
  const declarations = new Set(wanted.flatMap((symbol) => symbol.declarations ?? []));
  if (sources.some((source) => source !== undefined && doesExport(source, declarations, parts.program))) return 'yes';
  return sources.includes(undefined) ? 'unknown' : 'no';
}

/** The sources of all entries; undefined for one that cannot be told. */
function entrySources(owner: Package, { files, outputs, program }: PublishedParts): readonly (string | undefined)[] {
  const entries = entriesOf(owner);
  if (entries === undefined) return indexesOf(owner).filter((path) => program.getSourceFile(path) !== undefined);
  return entries.flatMap(({ subpath, targets }) => {
    const code = targets.filter((target) => !/\.(?:json|css|wasm|node)$/.test(target));
    if (code.length === 0) return [];
    const found = subpath.includes('*') ? code.flatMap((target) => matching(target, owner, files, outputs)) : code.map((target) => outputs.sourceOf(target, owner));
    const sources = found.filter((source) => source !== undefined);
    return sources.length > 0 ? sources : [undefined];
  });
}

function matching(target: string, { folder }: Package, files: readonly string[], outputs: OutputMap): readonly string[] {
  for (const pattern of outputs.patternsOf(target, folder)) {
    const [before = '', after = ''] = pattern.split('*', 2);
    const found = files.filter((file) => file.length > before.length + after.length && file.startsWith(before) && file.endsWith(after));
    if (found.length > 0) return found;
  }
  return [];
}

function doesExport(path: string, wanted: ReadonlySet<ts.Node>, program: ts.Program): boolean {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const first = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const pending = first === undefined ? [] : [first];
  for (const module of pending) {
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = withoutAlias(exported, checker);
      if (symbol.declarations?.some((declaration) => wanted.has(declaration)) === true) return true;
      const isModule = (symbol.flags & ts.SymbolFlags.Module) !== 0;
      if (isModule && !pending.includes(symbol)) pending.push(symbol); // `export * as ns`
    }
  }
  return false;
}
