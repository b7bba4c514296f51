import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Task } from '../../model/ledger/ledger.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { caughtNameOf } from '../flag/caught-name.ts';
import { keepsThis, logFailureOf } from '../teardown/log-failure.ts';
import { fileStyleOf } from '../text/file-style.ts';
import type { Spawn } from './spawn.ts';

/** `.catch((error: unknown) => { … })`, which logs that a task has failed as the class logs. */
export function observing(service: Service, source: Source, { node, method }: Task, { path }: Spawn): string {
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const error = caughtNameOf(source.program);
  const log = logFailureOf(service, source, keepsThis(path), 'background task')(nameOf(node) ?? method.replace(/^[#_]+/, ''), error);
  return `.catch((${error}${isTypeScript ? ': unknown' : ''}) => { ${log}${semicolon === '' ? '' : ';'} })`;
}

/** `run` for `this.#run()`; nothing for a function that is called where it is written. */
function nameOf(node: TSESTree.Node): string | undefined {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : node;
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : undefined;
  return name?.replace(/^[#_]+/, '');
}

/** What the promise of a task gives, as TypeScript knows it: `void` where the work surely returns nothing and only a block catches its failure. */
export function resultOf({ body, node }: Task, { call }: Spawn): 'unknown' | 'void' {
  if (body === undefined || call !== node) return 'unknown';
  const declared = body.returnType?.typeAnnotation;
  if (declared !== undefined) {
    const [given] = declared.type === 'TSTypeReference' ? (declared.typeArguments?.params ?? []) : [];
    return given?.type === 'TSVoidKeyword' ? 'void' : 'unknown';
  }
  const returns = someBelow(body.body, (inner) => inner.type === 'ReturnStatement' && inner.argument !== null, isFunction);
  return body.async && body.body.type === 'BlockStatement' && !returns ? 'void' : 'unknown';
}
