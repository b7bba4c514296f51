import type { TSESTree } from '@typescript-eslint/utils';
import { chain } from '../../model/locks/lock-scope.ts';
import type { ClassFacts, Field } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';

/** A field that holds the handle of a timer. */
export interface Handle {
  readonly name: string;
  /** What it holds while there is no timer; undefined where its type has no room for that. */
  readonly empty: 'null' | 'undefined' | undefined;
  /** Whether the type says `null`, which the functions that clear do not take. */
  readonly isNullable: boolean;
}

export function handleOf(facts: ClassFacts, source: Source, name: string): Handle {
  const field = chain(facts).flatMap(({ fields }) => fields.get(name) ?? [])[0];
  const isNull = field?.init?.type === 'Literal' && field.init.value === null;
  if (!fileStyleOf(source).isTypeScript) return { name, empty: isNull ? 'null' : 'undefined', isNullable: false };
  const written = typeOf(field, source);
  const isNullable = /\bnull\b/.test(written);
  const isOptional = field !== undefined && 'optional' in field.node && field.node.optional;
  const isReadonly = field !== undefined && 'readonly' in field.node && field.node.readonly;
  // Under exactOptionalPropertyTypes only what says `undefined` takes it; where the class writes it, the project does not have that.
  const hasRoom = /\b(?:any|undefined)\b/.test(written) || (isOptional && source.text.includes(`this.${name} = undefined`));
  return { name, empty: isReadonly ? undefined : isNullable ? 'null' : hasRoom ? 'undefined' : undefined, isNullable };
}

function typeOf(field: Field | undefined, { text }: Source): string {
  const annotation: TSESTree.Node | undefined = field?.typeAnnotation;
  if (annotation !== undefined) return text.slice(...annotation.range);
  return field?.init === undefined ? '' : text.slice(...field.init.range);
}

/** `clearInterval(this.timer)`, with a test for `null` where the types ask for it. */
export function clearing({ name, isNullable }: Handle, call: string): string {
  return `${isNullable ? `if (this.${name} !== null) ` : ''}${call}(this.${name})`;
}
