import type { TSESTree } from '@typescript-eslint/utils';
import { functionAround } from '../../model/ast/parents.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Unstopped } from '../../model/ownership/unstopped.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Outcome } from '../outcome.ts';
import { awaitEarlyReturns } from './await-early-returns.ts';
import type { UsingTarget } from './using-target.ts';

/** Declares with `await using` what a function starts and forgets. What it hands on is for others to stop. */
export function declareUsing({ kind, variable, declaration, start, fails, isAsyncDisposable }: Unstopped, source: Source, target: UsingTarget): Outcome {
  const file = signalFile(source.program);
  const leave = (why: string): Outcome => ({ kind: 'leftover', node: start, why });
  if (kind === 'orphaned') return leave(`hands ${variable} on after line ${String(lineOf(source, fails ?? start))}, which may fail: who is to stop it then?`);
  if (!isAsyncDisposable || !target.hasUsing) return leave(`starts ${variable} and stops it nowhere: where is it to be stopped?`);
  const statement = file.parents.get(declaration);
  const block = statement && file.parents.get(statement);
  const isAlone = statement?.type === 'VariableDeclaration' && statement.declarations.length === 1 && statement.kind === 'const' && block?.type === 'BlockStatement';
  if (!isAlone || functionAround(start, file) !== functionAround(statement, file)) return leave(`declares ${variable} where it cannot be declared with await using`);
  const { body }: { readonly body: readonly TSESTree.Node[] } = block;
  const [from] = statement.range;
  const returns = awaitEarlyReturns(source, body.slice(body.indexOf(statement)), file);
  return { kind: 'edit', changes: [{ start: from, end: from + statement.kind.length, text: 'await using' }, ...returns], safety: 'review', added: 'await using', needs: [] };
}
