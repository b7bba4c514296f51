import type { ClassNode, Method } from '../model/service.ts';

/** Whether a blank line sets the method apart from the members beside it. Fields do not count, which an edit may have added. */
export function isSetApart(text: string, { body: { body } }: ClassNode, { node }: Method): boolean {
  const index = body.indexOf(node);
  const gaps = [body[index - 1], node, body[index + 1]].flatMap((member, place, three) => {
    const next = three[place + 1];
    const isOverload = member?.type === 'MethodDefinition' && member.value.type !== 'FunctionExpression';
    const isField = [member, next].some((one) => one !== node && one?.type === 'PropertyDefinition' && one.value?.type !== 'ArrowFunctionExpression');
    return member === undefined || next === undefined || isOverload || isField ? [] : [text.slice(member.range[1], next.range[0])];
  });
  return gaps.length === 0 || gaps.some((gap) => /\n[\t ]*\r?\n/.test(gap));
}
