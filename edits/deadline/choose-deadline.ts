import type { TSESTree } from '@typescript-eslint/utils';
import { visit } from '../../model/ast/visit.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { DrainTimeoutOptions } from '../drain-timeout-options.ts';
import { vendoredSpecifier } from '../inline-lock.ts';
import { insertImports } from '../insert-import.ts';
import { type Imported, knownImport } from '../known-import.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { styleFor } from '../style-for.ts';
import { fileStyleOf } from '../text/file-style.ts';
import type { DeadlineCall } from './deadline-call.ts';
import { ownDeadline } from './own-deadline.ts';

/** The first Node release line on which the p-timeout of today runs. */
const P_TIMEOUT_NODE = 20;

/** A service, or a class or function without other drains. */
export type DeadlineUser = Pick<Service, 'drains'> & { readonly node: TSESTree.Node };

/**
 * What the class sets to other drains, else what the file or the project uses, else p-timeout, or the vendored file where that is
 * asked for or p-timeout cannot be imported. `canBeDeferred` is whether what is waited for may stand in a function of its own.
 */
export function chooseDeadline(service: DeadlineUser, source: Source, options: DrainTimeoutOptions, canBeDeferred: boolean): DeadlineCall | Obstacle {
  const { program, fileName, format } = source;
  const { module } = fileStyleOf(source);
  const own = ownDeadline(service, source);
  if (own !== undefined && (own.takes !== 'thunk' || canBeDeferred)) return own;
  if (module === 'unknown') return { node: service.node, why: 'is in a file of which it cannot be told whether it is an ES module or CommonJS' };
  const { lock, packages = [], nodeMajor = P_TIMEOUT_NODE } = options;
  if (importsPTimeout(program)) return pTimeout(source, isPositional(source));
  if (canBeDeferred && imports(program, 'es-toolkit', 'withTimeout')) return esToolkit(source);
  const specifier = vendoredSpecifier(source, options.lockFile);
  if (lock === 'inline' || styleFor(source, options) === 'using' || imports(program, specifier, 'LifecycleLock', 'withDeadline'))
    return vendored(source, specifier);
  const isRequired = module === 'commonjs' || format === 'commonjs' || fileName.endsWith('.cts') || nodeMajor < P_TIMEOUT_NODE;
  if (!isRequired && packages.includes('p-timeout')) return pTimeout(source, false);
  if (canBeDeferred && packages.includes('es-toolkit')) return esToolkit(source);
  return isRequired ? vendored(source, specifier) : pTimeout(source, false);
}

function imports(program: TSESTree.Program, specifier: string, ...names: readonly string[]): boolean {
  return names.some((name) => knownImport(program, { specifier, name, locals: [name] }) !== undefined);
}

function importsPTimeout(program: TSESTree.Program): boolean {
  return knownImport(program, P_TIMEOUT) !== undefined;
}

const P_TIMEOUT = { specifier: 'p-timeout', name: undefined, locals: ['pTimeout', 'withTimeLimit'] } as const;

function pTimeout(source: Source, positional: boolean): DeadlineCall {
  const call = imported(source, 'p-timeout', [P_TIMEOUT, { name: 'TimeoutError', locals: ['TimeoutError', 'PTimeoutError'] }]);
  return { ...call, ...(positional ? {} : { after: (limit) => `, { milliseconds: ${limit} })` }), takes: 'promise' };
}

/** Up to version 5, the milliseconds are the second argument. Only these can be required. */
function isPositional({ program, ...source }: Source): boolean {
  const local = knownImport(program, P_TIMEOUT);
  let seen: TSESTree.Node | undefined;
  visit(program, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === local) seen ??= node.arguments[1];
    return undefined;
  });
  return seen === undefined ? fileStyleOf({ program, ...source }).module === 'commonjs' : seen.type !== 'ObjectExpression';
}

function esToolkit(source: Source): DeadlineCall {
  const names = [
    { name: 'withTimeout', locals: ['withTimeout', 'withTimeLimit'] },
    { name: 'TimeoutError', locals: ['TimeoutError', 'ToolkitTimeoutError'] },
  ] as const;
  return { ...imported(source, 'es-toolkit', names), takes: 'thunk' };
}

function vendored(source: Source, specifier: string): DeadlineCall {
  const names = [
    { name: 'withDeadline', locals: ['withDeadline', 'withTimeLimit'] },
    { name: 'DrainTimeoutError', locals: ['DrainTimeoutError', 'StopTimeoutError'] },
  ] as const;
  return { ...imported(source, specifier, names), takes: 'value', needs: [{ specifier, kind: 'file' }] };
}

type Wanted = Omit<Imported, 'specifier'>;

function imported(source: Source, specifier: string, [set, error]: readonly [Wanted, Wanted]): Omit<DeadlineCall, 'takes'> {
  const [call = '', type = ''] = insertImports(source, specifier, [set, error]).locals;
  return {
    before: `${call}(`,
    after: (limit) => `, ${limit})`,
    hasLimit: false,
    isTimeout: (caught) => `${caught} instanceof ${type}`,
    imports: (tellsTimeouts) => insertImports(source, specifier, tellsTimeouts ? [set, error] : [set]).changes,
    needs: [{ specifier, kind: 'package' }],
  };
}
