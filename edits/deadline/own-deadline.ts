import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Drain, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { declaredNames } from '../declared-names.ts';
import { tellTimeout } from '../flag/tell-timeout.ts';
import type { DeadlineCall } from './deadline-call.ts';

/** The deadline that the class sets to another drain, to be set in the same way, with the same limit. Undefined where it shows none that can be copied. */
export function ownDeadline({ drains }: Pick<Service, 'drains'>, source: Source): DeadlineCall | undefined {
  const names = fileNames(source.program);
  for (const drain of drains) {
    const call = drain.bounded === 'yes' && drain.deadline?.flaw === undefined ? callOf(source, drain, names) : undefined;
    if (call !== undefined) return call;
  }
  return undefined;
}

/** `deadline(this.task, this.drainMs)`, and how its timeout is told. */
function callOf(source: Source, { deadline, work }: Drain, names: ReadonlySet<string>): DeadlineCall | undefined {
  const { text } = source;
  const node = deadline === undefined ? undefined : unwrap(deadline.node);
  if (deadline === undefined || node?.type !== 'CallExpression' || isOneOff(node.callee, names)) return undefined;
  const place = node.arguments.findIndex((argument) => workIn(argument) !== undefined && contains(argument, work));
  const held = node.arguments[place];
  const inner = held === undefined ? undefined : workIn(held);
  const others = node.arguments.filter((argument) => argument !== held);
  if (held === undefined || inner === undefined || others.some((other) => isOneOff(other, names)) || !isSame(inner, work)) return undefined;
  const told = tellTimeout(source, deadline);
  if ('why' in told) return undefined;
  return {
    before: text.slice(node.range[0], held.range[0]),
    after: () => text.slice(held.range[1], node.range[1]),
    hasLimit: true,
    takes: isFunction(held) ? 'thunk' : 'promise',
    isTimeout: told.isTimeout,
    imports: (tellsTimeouts) => (tellsTimeouts ? told.changes : []),
    needs: [],
  };
}

/** The expression in `work`, `() => work` and `Promise.resolve(work)`. */
function workIn(argument: TSESTree.Node): TSESTree.Node | undefined {
  if (isFunction(argument)) return argument.params.length === 0 && argument.body.type !== 'BlockStatement' ? argument.body : undefined;
  if (argument.type !== 'CallExpression' || argument.callee.type !== 'MemberExpression' || argument.callee.object.type !== 'Identifier') return argument;
  return argument.callee.object.name === 'Promise' && argument.arguments.length === 1 ? argument.arguments[0] : argument;
}

/** What would mean something else elsewhere: a local name, a number without a name, a label in a string. */
function isOneOff(node: TSESTree.Node, names: ReadonlySet<string>): boolean {
  switch (node.type) {
    case 'Identifier':
      return !names.has(node.name);
    case 'ThisExpression':
      return false;
    case 'MemberExpression':
      return node.computed || isOneOff(node.object, names);
    case 'ObjectExpression':
      return node.properties.some((property) => property.type !== 'Property' || property.computed || isOneOff(property.value, names));
    default:
      return true;
  }
}

/** What a file imports or declares at its top. */
function fileNames({ body }: TSESTree.Program): ReadonlySet<string> {
  const statements = body.flatMap((statement): TSESTree.Node[] => {
    const declared = 'declaration' in statement && statement.declaration !== null ? statement.declaration : statement;
    return 'id' in declared && declared.id === null ? [] : [declared];
  });
  const imported = body.flatMap((statement) => (statement.type === 'ImportDeclaration' ? statement.specifiers.map(({ local }) => local.name) : []));
  return new Set([...imported, ...declaredNames(statements as TSESTree.Statement[])]);
}

function isSame(one: TSESTree.Node, other: TSESTree.Node): boolean {
  const [a, b] = [unwrap(one), unwrap(other)];
  return a.range[0] === b.range[0] && a.range[1] === b.range[1];
}
