import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassNode, Method } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { asyncKeyword } from './async-keyword.ts';
import { awaitReturns } from './await-returns.ts';
import type { LockUse } from './lock-use.ts';
import type { Change } from './outcome.ts';
import { eolAt } from './text/eol-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { indentAt } from './text/indent-at.ts';
import { indentUnit } from './text/indent-unit.ts';
import { reindent } from './text/reindent.ts';
import { startsLine } from './text/starts-line.ts';

interface Wrapping {
  readonly use: LockUse;
  /** What is done before waiting for the lock, as text. */
  readonly first: string | undefined;
}

/** Puts the whole body of a method under the lock, one level deeper. Directives stay first. */
export function wrapBody(source: Source, node: ClassNode, method: Method, { use, first }: Wrapping): Change[] {
  const { value } = method;
  const mustBeAsync = !value.async && (use.form !== 'callback' || value.returnType == null);
  const needsAsync = mustBeAsync ? [asyncKeyword(method)] : [];
  if (value.body.type !== 'BlockStatement') return [...wrapExpression(source, value.range[1], value.body, use, value.async), ...needsAsync];
  const { before, after } = frameOf(source, node, use, value.async);
  const frame = {
    before:
      first === undefined ? before : [`${first}${fileStyleOf(source).semicolon} // a start that is under way holds the lock`, ...before],
    after,
  };
  const returns = use.form === 'callback' ? [] : awaitReturns(source, value.body);
  return [...putRound(source, node, method, value.body, frame), ...returns, ...needsAsync];
}

interface Frame {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function frameOf(source: Source, node: ClassNode, use: LockUse, isAsync: boolean): Frame {
  const { semicolon } = fileStyleOf(source);
  if (use.form === 'callback') {
    return { before: [`return ${use.open}${isAsync ? 'async ' : ''}() => {`], after: [`}${use.close}${semicolon}`] };
  }
  if (use.form === 'guard') return { before: [use.guard + semicolon], after: [] };
  const unit = indentUnit(source.text, node);
  return { before: [use.acquire + semicolon, 'try {'], after: ['} finally {', `${unit}${use.release}${semicolon}`, '}'] };
}

function putRound(source: Source, node: ClassNode, method: Method, body: TSESTree.BlockStatement, frame: Frame): Change[] {
  const { text } = source;
  const open = directivesEnd(source, body);
  const close = body.range[1] - 1;
  const eol = eolAt(text, body.range[0]);
  const outer = indentAt(text, method.node.key.range[0]);
  const unit = indentUnit(text, node);
  const inner = outer + unit;
  const isSpread = startsLine(text, close);
  const deeper = frame.after.length > 0;
  const head = isSpread ? frame.before.map((line) => `${eol}${inner}${line}`).join('') : ` ${frame.before.join(' ')}`;
  const lineStart = text.lastIndexOf('\n', close) + 1;
  const tailLines = frame.after.map((line) => `${inner}${line}${eol}`).join('');
  const tail: Change = isSpread
    ? { start: lineStart, end: lineStart, text: tailLines }
    : { start: close, end: close, text: `${frame.after.join(' ')} ` };
  const shift = deeper && isSpread ? reindent(text, body.body, open, lineStart, unit) : [];
  return [{ start: open, end: open, text: head }, ...shift, ...(deeper ? [tail] : [])];
}

function directivesEnd({ text }: Source, body: TSESTree.BlockStatement): number {
  let end = body.range[0] + 1;
  for (const statement of body.body) {
    if (statement.type !== 'ExpressionStatement' || statement.directive == null) break;
    end = statement.range[1];
  }
  return text[end] === ';' ? end + 1 : end;
}

/** `() => work()` becomes `() => lock.runExclusive(() => work())`; what is round the expression goes inside with it. */
function wrapExpression({ text }: Source, end: number, body: TSESTree.Expression, use: LockUse, isAsync: boolean): Change[] {
  const arrow = text.lastIndexOf('=>', body.range[0]) + 2;
  const start = arrow + (/^\s*/.exec(text.slice(arrow))?.[0].length ?? 0);
  if (use.form === 'callback') {
    return [
      { start, end: start, text: `${use.open}${isAsync ? 'async ' : ''}() => ` },
      { start: end, end, text: use.close },
    ];
  }
  const [before, after] =
    use.form === 'guard'
      ? [`{ ${use.guard}; return await `, '; }']
      : [`{ ${use.acquire}; try { return await `, `; } finally { ${use.release}; } }`];
  return [
    { start, end: start, text: before },
    { start: end, end, text: after },
  ];
}
