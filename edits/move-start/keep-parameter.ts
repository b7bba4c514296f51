import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';
import { isSetAgain } from './kept-in-field.ts';

/**
 * Makes a parameter of the constructor a field of its own: `private readonly every: number`. Only where the file has such parameters already, since not
 * everything that runs TypeScript takes them.
 */
export function keepParameter(name: string, facts: ClassFacts, source: Source): Change | undefined {
  const { constructorNode, node } = facts;
  const param = constructorNode?.value.params.find((one) => target(one)?.name === name);
  if (constructorNode === undefined || param === undefined || param.decorators.length > 0 || isSetAgain(name, constructorNode)) return undefined;
  const hasSuch = someBelow(source.program, ({ type }) => type === 'TSParameterProperty');
  const isOverload = node.body.body.filter((member) => member.type === 'MethodDefinition' && member.kind === 'constructor').length > 1;
  if (!hasSuch || isOverload || memberNamingOf(facts, source).prefix === '#') return undefined;
  const [start] = param.range;
  return { start, end: start, text: 'private readonly ' };
}

function target(param: TSESTree.Parameter): TSESTree.Identifier | undefined {
  const own = param.type === 'AssignmentPattern' ? param.left : param;
  return own.type === 'Identifier' ? own : undefined;
}
