import type { TSESTree } from '@typescript-eslint/utils';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { leadingStart } from '../text/leading-start.ts';
import { startsLine } from '../text/starts-line.ts';
import { trailingEnd } from '../text/trailing-end.ts';

/** Takes out the whole constructor, where all that would be left of it is what every class has by itself. `gone`: its statements that go. */
export function cutConstructor(source: Source, { constructorNode, node }: ClassFacts, gone: readonly TSESTree.Node[], cut: readonly Change[]): Change | undefined {
  if (constructorNode === undefined || cut.length === 0) return undefined;
  const { text, comments } = source;
  const { accessibility, decorators, range, value } = constructorNode;
  const index = node.body.body.indexOf(constructorNode);
  const [before, next] = [node.body.body[index - 1], node.body.body[index + 1]];
  const isOverload = before?.type === 'MethodDefinition' && before.kind === 'constructor';
  const left = value.body?.body.filter((statement) => !gone.includes(statement)) ?? [];
  const isOpen = accessibility == null || accessibility === 'public';
  if (!isOpen || decorators.length > 0 || isOverload || value.params.length > 0 || !left.every(isBareSuper) || !startsLine(text, range[0])) return undefined;
  const start = text.lastIndexOf('\n', range[0] - 1) + 1;
  const from = before?.range[1] ?? node.body.range[0] + 1;
  const [first, last] = [leadingStart(source, range[0]), trailingEnd(text, range[1])];
  const isKept = ({ range: [at, to] }: TSESTree.Comment): boolean => first <= at && to <= last && !cut.some((change) => change.start <= at && to <= change.end);
  if (comments.some(isKept)) return undefined;
  const end = /^[\t ]*\r?\n/.exec(text.slice(range[1]))?.[0].length;
  if (end === undefined) return undefined;
  // Of the blank lines on its two sides one is enough, and none at the end of the class.
  const blank = /^(?:[\t ]*\r?\n)*/.exec(text.slice(range[1] + end))?.[0].length ?? 0;
  const isLast = next === undefined;
  const above = isLast ? (/(?:\r?\n[\t ]*)*(?=\r?\n$)/.exec(text.slice(from, start))?.[0].length ?? 0) : 0;
  return { start: start - above, end: range[1] + end + (isLast ? 0 : blank), text: '' };
}

function isBareSuper(statement: TSESTree.Node): boolean {
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  return call?.type === 'CallExpression' && call.callee.type === 'Super' && call.arguments.length === 0;
}
