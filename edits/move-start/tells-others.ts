import { calleeName } from '../../model/ast/callee-name.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { ClassFacts } from '../../model/service.ts';

/** Whether instances may tell others what they do by events, which those miss who begin to listen only after the start. */
export function tellsOthers({ node }: ClassFacts): boolean {
  const base = node.superClass === null ? undefined : unwrap(node.superClass);
  const name = base?.type === 'MemberExpression' ? memberName(base) : base?.type === 'Identifier' ? base.name : undefined;
  if (/Emitter|EventTarget|Observable|Stream|Subject/.test(name ?? (base === undefined ? '' : 'Emitter'))) return true;
  return someBelow(node.body, (at) => at.type === 'CallExpression' && /^(?:dispatchEvent|emit|fire|notify|publish)/.test(calleeName(at) ?? ''));
}
