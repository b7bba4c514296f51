import type { TSESTree } from '@typescript-eslint/utils';
import { isAwait } from '../../model/ast/is-await.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { lineOf } from '../../model/line-of.ts';
import { type Host, hostOf } from '../../model/references/host-of.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { insertAfter } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { holderOf } from './holder-of.ts';
import { firstUse, isSettingUp, mayListen, startIn } from './mentions.ts';

/** How instances of a class are started. */
export interface Starting {
  readonly className: string;
  readonly method: string;
  /** `method` and what only forwards to it. */
  readonly methods: ReadonlySet<string>;
  /** Whether it surely gives nothing to wait for. */
  readonly isSync: boolean;
  /** Whether the constructor has done it up to now. */
  readonly wasStarted: boolean;
  readonly tellsOthers: boolean;
}

/** `factory`: a static async `create` could stand there instead. */
export type SiteOutcome =
  | { readonly kind: 'edit'; readonly changes: readonly Change[] }
  | { readonly kind: 'left'; readonly why: string; readonly factory: boolean }
  | { readonly kind: 'started' };

/** Starts an instance right where it is made, unless that is done there already. */
export function startSite(source: Source, node: TSESTree.NewExpression, starting: Starting): SiteOutcome {
  const { className, isSync, method, methods, wasStarted } = starting;
  const host = hostOf(node, source.program);
  const what = `\`new ${className}()\` in ${host.name}`;
  const left = (how: string, factory = false): SiteOutcome => ({ kind: 'left', why: `${what} ${how}`, factory });
  const holder = holderOf(node, source.program);
  if (holder.kind === 'escape') return left(holder.how, wasStarted && !isSync && holder.inExpression && canWait(host, source));
  const { isDeclared, list, place, statement } = holder;
  const rest = list.slice(list.indexOf(statement) + 1);
  const use = firstUse(rest, place, methods);
  if (use === 'start') return { kind: 'started' };
  if (host.kind === 'constructor' && (wasStarted || !isSync)) return left(`is made by a constructor, which cannot wait for it: ${method}() has to be called by the start of its owner`);
  const later = startIn((isDeclared ? host.fn : undefined) ?? source.program, place, methods);
  if (later !== undefined) return left(`is started on line ${lineOf(source, later)}, and it cannot be told that nothing needs it before`);
  if (!wasStarted) return left(`is not started there today, and ${method}() does more than the constructor has done: start it there first`);
  const why = hostObstacle(host, source, isSync);
  if (why !== undefined) return left(why);
  const after = lastSetUp(rest, place) ?? statement;
  const around = (isDeclared ? host.fn?.body : undefined) ?? source.program;
  const missed = starting.tellsOthers ? mayListen(around, place, { start: isDeclared ? after.range[1] : 0, setUp: [statement.range[0], after.range[1]] }) : undefined;
  if (missed !== undefined) return left(`may only be listened to on line ${lineOf(source, missed)}, and what ${method}() tells by events before would be missed`);
  return { kind: 'edit', changes: [insertAfter(source, after, [`${isSync ? '' : 'await '}${place}.${method}()${fileStyleOf(source).semicolon}`])] };
}

/** The last of the statements that set it up right after it was made. */
function lastSetUp(rest: readonly TSESTree.Node[], place: string): TSESTree.Node | undefined {
  const end = rest.findIndex((statement) => !isSettingUp(statement, place));
  return (end === -1 ? rest : rest.slice(0, end)).at(-1);
}

function hostObstacle(host: Host, source: Source, isSync: boolean): string | undefined {
  if (host.kind !== 'function' && host.kind !== 'module') return 'cannot be started where it is made';
  if (isSync || canWait(host, source)) return undefined;
  return host.kind === 'module' ? 'would need an `await` outside of all functions, and it is not known whether its module can have one' : `cannot be waited for, since that function is not async`;
}

/** Whether `await` can stand there. Of a module only if Node is sure to load it as one, or if it has one already. */
function canWait({ fn, kind }: Host, { fileName, format, program }: Source): boolean {
  if (kind === 'function') return fn?.async === true;
  if (kind !== 'module') return false;
  return format === 'esm' || /\.m[jt]s$/.test(fileName) || someBelow(program, isAwait, isFunction);
}
