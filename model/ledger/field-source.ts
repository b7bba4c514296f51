import { unwrap } from '../ast/unwrap.ts';
import { chain } from '../locks/lock-scope.ts';
import type { ClassFacts, Field } from '../service.ts';
import type { Code } from './code.ts';

/** Where the value of a field comes from: what the class makes by `new`, what its constructor was handed, or anything else. */
export function sourceOf(name: string, { facts, mentions, parents }: Code): 'given' | 'made' | 'unknown' {
  const field = fieldOf(name, facts);
  const values = (mentions.get(name) ?? []).flatMap((mention) => {
    const parent = parents.get(mention);
    return parent?.type === 'AssignmentExpression' && parent.left === mention ? [parent.right] : [];
  });
  if (field?.node.type === 'TSParameterProperty') return values.length === 0 ? 'given' : 'unknown';
  const all = [...(field?.init === undefined ? [] : [field.init]), ...values].map(unwrap);
  const real = all.filter((value) => !(value.type === 'Identifier' && value.name === 'undefined') && !(value.type === 'Literal' && value.value === null));
  if (real.length === 0) return 'unknown';
  if (real.every(({ type }) => type === 'NewExpression')) return 'made';
  const params = parametersOf(facts);
  return real.every((value) => rootName(value) !== undefined && params.has(rootName(value) ?? '')) ? 'given' : 'unknown';
}

function fieldOf(name: string, facts: ClassFacts): Field | undefined {
  return chain(facts).flatMap(({ fields }) => fields.get(name) ?? [])[0];
}

function parametersOf({ constructorNode }: ClassFacts): ReadonlySet<string> {
  return new Set((constructorNode?.value.params ?? []).flatMap((param) => (param.type === 'Identifier' ? [param.name] : [])));
}

/** `options` for `options.bus`. */
function rootName(node: ReturnType<typeof unwrap>): string | undefined {
  let at = node;
  while (at.type === 'MemberExpression') at = unwrap(at.object);
  return at.type === 'Identifier' ? at.name : undefined;
}
