import type { ClassNode, Method } from '../model/service.ts';

/** Whether a blank line sets the method apart from the members beside it. */
export function isSetApart(text: string, { body: { body } }: ClassNode, { node }: Method): boolean {
  const index = body.indexOf(node);
  const gaps = [body[index - 1], node, body[index + 1]].flatMap((member, place, three) => {
    const next = three[place + 1];
    const isOverload = member?.type === 'MethodDefinition' && member.value.type !== 'FunctionExpression';
    return member === undefined || next === undefined || isOverload ? [] : [text.slice(member.range[1], next.range[0])];
  });
  return gaps.length === 0 || gaps.some((gap) => /\n[\t ]*\r?\n/.test(gap));
}
