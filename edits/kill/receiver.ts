import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { FileCode } from '../../model/kills/file-code.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeLocal } from './free-local.ts';
import type { KillSite } from './kill-site.ts';

/** How the child that was sent the first signal is named after a wait, during which its field may come to hold another. */
export interface Receiver {
  /** `child` */
  readonly name: string;
  /** `child?.kill('SIGKILL')` */
  readonly hardKill: string;
  /** The line that gives it this name, which goes before the first signal; and the name in the place of the field there. */
  readonly alias: string | undefined;
  readonly renamed: readonly Change[];
}

export function receiverOf({ kill, fn, last }: KillSite, source: Source, code: FileCode): Receiver {
  const { text } = source;
  const { quote, semicolon } = fileStyleOf(source);
  const { child, node } = kill;
  const callee = unwrap(node.callee);
  const dot = callee.type === 'MemberExpression' && callee.optional ? '?.' : '.';
  const hardKill = (name: string): string => `${name}${dot}kill(${quote}SIGKILL${quote})`;
  if (isConstant(child, code)) {
    const name = text.slice(...child.range);
    return { name, hardKill: hardKill(name), alias: undefined, renamed: [] };
  }
  const name = freeLocal(['child', 'childProcess'], fn, code);
  // Without a semicolon, a parenthesis that follows would make it a call.
  const end = text[last.range[0]] === '(' ? ';' : semicolon;
  const alias = `const ${name} = ${text.slice(...child.range)}${end}`;
  return { name, hardKill: hardKill(name), alias, renamed: [{ start: child.range[0], end: child.range[1], text: name }] };
}

/** Whether a statement stands after `if (…)` without braces. */
export function isBareStatement(statement: TSESTree.Statement, { parents }: FileCode): boolean {
  return parents.get(statement)?.type !== 'BlockStatement';
}

function isConstant(node: TSESTree.Expression, code: FileCode): boolean {
  const inner = unwrap(node);
  return inner === node && code.names.get(inner)?.kind === 'const';
}
