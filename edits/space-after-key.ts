import type { Method } from '../model/service.ts';
import type { Source } from '../model/source.ts';

/** What the file puts between a method's name and its parentheses: nothing, or a space. */
export function spaceAfterKey({ text }: Source, { node }: Method): '' | ' ' {
  if (node.type === 'PropertyDefinition') return '';
  return /^\]? \(/.test(text.slice(node.key.range[1])) ? ' ' : '';
}
