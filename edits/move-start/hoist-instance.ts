import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { parentsOf } from '../../model/ast/parents.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { linesBefore } from '../text/beside.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { indentAt } from '../text/indent-at.ts';
import { startsLine } from '../text/starts-line.ts';

/** Makes an instance by a statement of its own before the one that uses it, and starts it there: `const bus = new Bus(); bus.start(); list.push(bus);` */
export function hoistInstance(source: Source, node: TSESTree.NewExpression, name: string, method: string): readonly Change[] | undefined {
  const { program, text } = source;
  const statement = statementOf(node, program);
  const spansLines = someBelow(node, (at) => (at.type === 'TemplateLiteral' || at.type === 'Literal') && text.slice(...at.range).includes('\n'));
  if (statement === undefined || spansLines || !startsLine(text, statement.range[0])) return undefined;
  const [start, end] = node.range;
  const indent = indentAt(text, start);
  const made = text.slice(start, end).split(/\r?\n/).map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
  const { semicolon } = fileStyleOf(source);
  const lines = [`const ${name} = ${made[0] ?? ''}`, ...made.slice(1)];
  const last = lines.pop() ?? '';
  const [at] = statement.range;
  return [{ start: at, end: at, text: linesBefore(source, at, [...lines, `${last}${semicolon}`, `${name}.${method}()${semicolon}`]) }, { start, end, text: name }];
}

/** The statement of a block in which a `new` is the first thing that is done. */
function statementOf(node: TSESTree.NewExpression, program: TSESTree.Program): TSESTree.Statement | undefined {
  const parents = parentsOf(program);
  let at: TSESTree.Node = node;
  for (let parent = parents.get(node); parent !== undefined; at = parent, parent = parents.get(parent)) {
    if (parent.type === 'BlockStatement' || parent.type === 'Program') return at === node ? undefined : (at as TSESTree.Statement);
    if (!isFirstIn(parent, at)) return undefined;
  }
  return undefined;
}

/** Whether nothing of what an expression or a statement does comes before the part. */
function isFirstIn(parent: TSESTree.Node, part: TSESTree.Node): boolean {
  switch (parent.type) {
    case 'ArrayExpression':
      return before(parent.elements, part).every((element) => element === null || isSettled(element));
    case 'AssignmentExpression':
      return parent.right === part && parent.operator === '=' && isPath(parent.left);
    case 'AwaitExpression':
    case 'ExpressionStatement':
    case 'ReturnStatement':
      return true;
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee !== part && !(parent.type === 'CallExpression' && parent.optional) && isPath(parent.callee) && before(parent.arguments, part).every(isSettled);
    case 'ObjectExpression':
      return before(parent.properties, part).every((property) => property.type === 'Property' && !property.computed && isSettled(property.value));
    case 'Property':
      return parent.value === part && !parent.computed;
    case 'VariableDeclaration':
      return parent.declarations.length === 1;
    case 'VariableDeclarator':
      return parent.init === part && parent.id.type === 'Identifier';
    default:
      return unwrap(parent) !== parent && parent.type !== 'ChainExpression';
  }
}

function before<T>(list: readonly T[], part: unknown): readonly T[] {
  return list.slice(0, list.findIndex((one) => one === part));
}

function isSettled(node: TSESTree.Node): boolean {
  return node.type === 'Literal' || node.type === 'Identifier' || node.type === 'ThisExpression' || isFunction(node);
}

/** `f`, `this.list.push`: what it names is looked up once, and not by a call. */
function isPath(node: TSESTree.Node): boolean {
  if (node.type === 'MemberExpression') return !node.computed && !node.optional && isPath(node.object);
  return node.type === 'Identifier' || node.type === 'ThisExpression';
}
