import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';
import type { Method } from '../service.ts';

export interface NamedDecorator {
  readonly name: string;
  readonly node: TSESTree.Decorator;
}

const WORDS = new Set([
  'atomic',
  'critical',
  'exclusive',
  'lock',
  'locked',
  'mutex',
  'sequential',
  'serialize',
  'serialized',
  'synchronized',
  'synchronised',
]);

/** Every decorator of a method that has a name. espree gives none at all. */
export function lockDecoratorsOf({ node }: Method): readonly NamedDecorator[] {
  return ((node.decorators as TSESTree.Decorator[] | undefined) ?? []).flatMap((decorator) => {
    const expression = unwrap(decorator.expression);
    const callee = expression.type === 'CallExpression' ? unwrap(expression.callee) : expression;
    const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    return name === undefined ? [] : [{ name, node: decorator }];
  });
}

/** `@Mutex()`, `@withLock`, `@Synchronized`: names that promise one call at a time. */
export function isLockDecorator({ name }: NamedDecorator): boolean {
  const words = wordsOf(name);
  return words.some((word) => WORDS.has(word)) && !words.includes('un');
}
