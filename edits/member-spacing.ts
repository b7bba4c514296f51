import type { ClassNode } from '../model/service.ts';

/** Whether the class sets its methods apart with blank lines. */
export function separatesMembers(text: string, node: ClassNode): boolean {
  let apart = 0;
  let close = 0;
  node.body.body.forEach((member, index, members) => {
    const before = members[index - 1];
    if (member.type !== 'MethodDefinition' || before?.type !== 'MethodDefinition' || before.value.type !== 'FunctionExpression') return;
    if (/\n[\t ]*\r?\n/.test(text.slice(before.range[1], member.range[0]))) apart++;
    else close++;
  });
  return apart >= close;
}
