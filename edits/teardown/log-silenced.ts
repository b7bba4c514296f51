import { isFunction } from '../../model/ast/is-function.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Service, TeardownFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { keepsThis, logFailureOf } from './log-failure.ts';
import { pathTo } from './path-to.ts';

/** Lets an empty handler say which step failed. */
export function logSilenced({ node, step }: TeardownFacts['silenced'][number], service: Service, source: Source): Change[] {
  const { text } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const log = logFailureOf(service, source, keepsThis(pathTo(service.node, node)));
  const [, end] = node.range;
  const handler = node.type === 'CatchClause' ? node : unwrap(node);
  if (handler.type !== 'CatchClause') {
    if (!isFunction(handler)) return [];
    const [param] = handler.params;
    const error = param?.type === 'Identifier' ? param.name : 'error';
    const head = param === undefined ? `(error${isTypeScript ? ': unknown' : ''}) => ` : text.slice(handler.range[0], handler.body.range[0]);
    return [{ start: handler.range[0], end, text: `${head}{ ${log(step.name, error)}${semicolon} }` }];
  }
  const error = handler.param?.type === 'Identifier' ? handler.param.name : 'error';
  const indent = indentAt(text, handler.range[0]);
  const eol = eolAt(text, handler.range[0]);
  const body = `{${eol}${indent}${indentUnit(text, service.node)}${log(step.name, error)}${semicolon}${eol}${indent}}`;
  const named = handler.param === null ? [{ start: handler.body.range[0], end: handler.body.range[0], text: '(error) ' }] : [];
  return [...named, { start: handler.body.range[0], end, text: body }];
}
