import { ts } from 'ts-morph';
import type { Target } from '../../model/project.ts';
import type { Fact } from '../../model/service.ts';
import type { Config } from './config.ts';
import { foldersAbove } from './config-search.ts';
import { isRecord } from '../is-record.ts';
import type { Packages } from './packages.ts';

export function targetOf(file: string, config: Config, program: ts.Program, packages: Packages): Target {
  if (isBeforeUsing(file, packages)) return { lowersUsing: 'unknown', knowsAsyncDispose: false, knowsAsyncDisposableStack: false, config: config.path };
  return { lowersUsing: lowersUsing(file, config, packages), ...knownNames(file, program), config: config.path };
}

/** Whether tsc emits the file, and for less than ESNext, which alone keeps `await using`. */
function lowersUsing(file: string, { options, path }: Config, packages: Packages): Fact {
  if (path === undefined) return 'no'; // runs as it is
  const isEmitted = options.noEmit !== true && options.emitDeclarationOnly !== true && (options.allowJs === true || !/\.[cm]?jsx?$/.test(file));
  if (!isEmitted || !(options.composite === true || isBuiltByTsc(file, packages))) return 'unknown';
  return options.target === ts.ScriptTarget.ESNext ? 'no' : 'yes';
}

/** Whether the TypeScript that is installed for the file is older than 5.2, which was the first to read `using`; the types of Node may know its names all the same. */
function isBeforeUsing(file: string, packages: Packages): boolean {
  const installed = foldersAbove(file).map((folder) => packages.packageIn(`${folder}/node_modules/typescript`)).find((found) => found !== undefined);
  const version = installed?.manifest['version'];
  const [, major = '', minor = ''] = typeof version === 'string' ? (/^(\d+)\.(\d+)/.exec(version) ?? []) : [];
  return major !== '' && (Number(major) < 5 || (major === '5' && Number(minor) < 2));
}

/** A bundler reads the same tsconfig.json and emits by rules of its own. */
function isBuiltByTsc(file: string, packages: Packages): boolean {
  return foldersAbove(file).some((folder) => {
    const scripts = packages.packageIn(folder)?.manifest['scripts'];
    return isRecord(scripts) && Object.values(scripts).some((script) => typeof script === 'string' && /\btsc\b(?!.*--noEmit\b)/.test(script));
  });
}

function knownNames(file: string, program: ts.Program): Pick<Target, 'knowsAsyncDispose' | 'knowsAsyncDisposableStack'> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (source === undefined) return { knowsAsyncDispose: false, knowsAsyncDisposableStack: false };
  const inScope = checker.getSymbolsInScope(source, ts.SymbolFlags.Interface | ts.SymbolFlags.Variable);
  const symbols = inScope.filter(({ name }) => name === 'SymbolConstructor');
  return {
    knowsAsyncDispose: symbols.some((symbol) => checker.getDeclaredTypeOfSymbol(symbol).getProperty('asyncDispose') !== undefined),
    knowsAsyncDisposableStack: inScope.some(({ name, flags }) => name === 'AsyncDisposableStack' && (flags & ts.SymbolFlags.Value) !== 0),
  };
}
