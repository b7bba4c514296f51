import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { indentAt } from '../text/indent-at.ts';
import { indentUnit } from '../text/indent-unit.ts';
import { leadingStart } from '../text/leading-start.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import type { Obstacle } from './start-unit.ts';

/** Gives a class a method with these lines, after its constructor, or else after its fields. */
export function startMethod(source: Source, { constructorNode, node }: ClassFacts, name: string, lines: readonly string[]): Change | Obstacle {
  const { text } = source;
  const { body } = node.body;
  const last = constructorNode ?? body.findLast((member) => member.type === 'PropertyDefinition');
  if (last === undefined || !startsLine(text, last.range[0])) return { node, why: 'its members do not stand on lines of their own' };
  const next = body[body.indexOf(last) + 1];
  const indent = indentAt(text, last.range[0]);
  const unit = indentUnit(text, node);
  const eol = eolAt(text, last.range[0]);
  const head = `${isSaidPublic(node) ? 'public ' : ''}${name}()${fileStyleOf(source).isTypeScript ? ': void' : ''} {`;
  const written = [head, ...lines.map((line) => (line === '' ? '' : `${indent}${unit}${line}`)), `${indent}}`].join(eol);
  if (next === undefined) {
    const end = trailingEnd(text, last.range[1]);
    return { start: end, end, text: `${eol}${eol}${indent}${written}` };
  }
  const at = leadingStart(source, next.range[0]);
  return startsLine(text, at) && at >= last.range[1] ? { start: at, end: at, text: `${written}${eol}${eol}${indent}` } : { node: next, why: 'its members do not stand on lines of their own' };
}

/** Whether the class says `public` wherever something is. */
function isSaidPublic({ body: { body } }: ClassFacts['node']): boolean {
  const methods = body.filter((member): member is TSESTree.MethodDefinition => member.type === 'MethodDefinition' && member.kind === 'method' && member.key.type !== 'PrivateIdentifier');
  const open = methods.filter(({ accessibility }) => accessibility === undefined);
  return open.length === 0 && methods.some(({ accessibility }) => accessibility === 'public');
}
