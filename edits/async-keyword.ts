import type { Method } from '../model/service.ts';
import type { Change } from './outcome.ts';

/** Makes a method that returns a promise an `async` one. */
export function asyncKeyword({ node, value }: Method): Change {
  const isBracketed = node.computed;
  const at = node.type === 'PropertyDefinition' ? value.range[0] : node.key.range[0] - (isBracketed ? 1 : 0);
  return { start: at, end: at, text: 'async ' };
}
