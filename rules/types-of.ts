import type { ParserServices, ParserServicesWithTypeInformation } from '@typescript-eslint/utils';
import { typeFactsOf } from '../model/type-facts.ts';
import type { TypeFacts } from '../model/types.ts';

/** What the type checker behind a parser knows; none of espree and oxlint, nor of typescript-eslint without `projectService` or `project`. */
export function typesOf(parserServices: object): TypeFacts | undefined {
  return hasTypes(parserServices) ? typeFactsOf(() => parserServices.program.getTypeChecker(), (node) => parserServices.esTreeNodeToTSNodeMap.get(node)) : undefined;
}

function hasTypes(parserServices: Partial<ParserServices>): parserServices is ParserServicesWithTypeInformation {
  return parserServices.program != null && parserServices.esTreeNodeToTSNodeMap !== undefined;
}
