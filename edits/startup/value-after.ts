import { contains } from '../../model/ast/contains.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { assignmentsIn } from './assignments-in.ts';
import type { Place } from './place-of-acquired.ts';

/** What stands for a field of the service, as text; undefined where it does not have its value yet. */
export type ValueOf = (field: string) => string | undefined;

/** The values of fields right after a thing was acquired: of one that is set later, the local that it is set from. */
export function valueAfter({ node, fn, statement }: Place): ValueOf {
  const assignments = assignmentsIn(fn);
  const local = localOf(statement, node);
  return (field) => {
    const own = assignments.filter((one) => one.field === field);
    const later = own.filter((one) => one.node.range[0] >= statement.range[1]);
    if (later.length === 0) return `this.${field}`;
    const isSet = own.some((one) => contains(one.node, node));
    const isFromLocal = local !== undefined && later.every(({ node: { right } }) => right.type === 'Identifier' && right.name === local);
    return !isSet && isFromLocal ? local : undefined;
  };
}

/** `server` in `const server = await listen();` */
function localOf(statement: Place['statement'], node: Place['node']): string | undefined {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return undefined;
  for (const { id, init } of statement.declarations) {
    const value = init === null ? undefined : unwrap(init);
    const made = value?.type === 'AwaitExpression' ? unwrap(value.argument) : value;
    if (made === node && id.type === 'Identifier') return id.name;
  }
  return undefined;
}
