import type { TSESTree } from '@typescript-eslint/utils';
import type { Source } from '../model/source.ts';
import type { Change } from './outcome.ts';
import { placeAmong } from './place-among.ts';
import { requiredBy } from './required-by.ts';
import { fileStyleOf, type FileStyle } from './text/file-style.ts';

/** Something that is imported, and the name that the file gets for it. */
export interface Binding {
  readonly name: string | undefined;
  readonly local: string;
}

/** The names that edits import: beside one another they stand in one order, whichever is added first. */
const OURS = new Set(['DrainTimeoutError', 'LifecycleLock', 'Mutex', 'TimeoutError', 'withDeadline', 'withTimeout']);

/** Adds names to an import of the module that is there already. Undefined where there is none that takes them all. */
export function extendImport(source: Source, specifier: string, bindings: readonly Binding[]): readonly Change[] | undefined {
  const named = bindings.filter(({ name }) => name !== undefined);
  for (const statement of source.program.body) {
    if (statement.type === 'ImportDeclaration') {
      const changes = statement.source.value === specifier ? extendDeclaration(source, statement, bindings, named) : undefined;
      if (changes !== undefined) return changes;
    } else if (named.length === bindings.length && statement.type === 'VariableDeclaration') {
      const pattern = statement.declarations.find(({ init }) => requiredBy(init) === specifier)?.id;
      const isOpen = pattern?.type === 'ObjectPattern' && pattern.properties.length > 0 && pattern.properties.at(-1)?.type === 'Property';
      if (isOpen) return addToList(pattern.properties, named, 'commonjs');
    }
  }
  return undefined;
}

/** How a name is bound: `Mutex`, `Mutex as AsyncMutex`, `Mutex: AsyncMutex`. */
export function bound({ name, local }: Binding, module: FileStyle['module']): string {
  return name === undefined || name === local ? local : `${name}${module === 'esm' ? ' as ' : ': '}${local}`;
}

function extendDeclaration(
  source: Source,
  { importKind, specifiers }: TSESTree.ImportDeclaration,
  bindings: readonly Binding[],
  named: readonly Binding[],
): readonly Change[] | undefined {
  if (importKind === 'type' || specifiers.length === 0 || specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier')) return undefined;
  const whole = bindings.find(({ name }) => name === undefined);
  const items = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const standard = specifiers.find(({ type }) => type === 'ImportDefaultSpecifier');
  if (whole !== undefined && (standard !== undefined || items.length === 0)) return undefined;
  const first = items[0]?.range[0] ?? 0;
  const brace = source.text.lastIndexOf('{', first);
  const changes = whole === undefined ? [] : [{ start: brace, end: brace, text: `${whole.local}, ` }];
  if (items.length > 0) return [...changes, ...addToList(items, named, 'esm')];
  const { padding } = fileStyleOf(source);
  const at = standard?.range[1] ?? 0;
  return [{ start: at, end: at, text: `, {${padding}${named.map((binding) => bound(binding, 'esm')).join(', ')}${padding}}` }];
}

function addToList(items: readonly TSESTree.Node[], bindings: readonly Binding[], module: FileStyle['module']): readonly Change[] {
  const ranks = items.map((item) => rankOf(importedName(item)));
  const sorted = [...bindings].sort((one, other) => (keyOf(one.name) < keyOf(other.name) ? -1 : 1));
  return sorted.map((binding) => {
    const index = placeAmong(ranks, keyOf(binding.name));
    const [before, after] = [items[index - 1], items[index]];
    const at = before?.range[1] ?? after?.range[0] ?? 0;
    return { start: at, end: at, text: before === undefined ? `${bound(binding, module)}, ` : `, ${bound(binding, module)}` };
  });
}

function importedName(item: TSESTree.Node): string | undefined {
  if (item.type === 'ImportSpecifier') return item.imported.type === 'Identifier' ? item.imported.name : item.imported.value;
  return item.type === 'Property' && item.key.type === 'Identifier' ? item.key.name : undefined;
}

function rankOf(name: string | undefined): string | undefined {
  return name !== undefined && OURS.has(name) ? keyOf(name) : undefined;
}

function keyOf(name: string | undefined): string {
  return name?.toLowerCase() ?? '';
}
