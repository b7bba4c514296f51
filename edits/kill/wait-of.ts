import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { around, functionAround } from '../../model/ast/parents.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { FileCode } from '../../model/kills/file-code.ts';
import { contains } from '../../model/ast/contains.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { isBareStatement } from './receiver.ts';
import type { KillSite } from './kill-site.ts';

/** A statement that waits for nothing but the exit: `await once(child, 'exit');`. */
export interface ExitStatement {
  readonly statement: TSESTree.ExpressionStatement;
  readonly operand: TSESTree.Expression;
}

/** The statement that is the wait and nothing else, in the function that sends the signal, and never comes without it. */
export function statementOf({ kill, fn, last }: KillSite, code: FileCode): ExitStatement | undefined {
  const node = kill.wait ?? kill.node;
  const wait = [node, ...around(node, code)].find(({ type }) => type === 'AwaitExpression' || type.endsWith('Statement'));
  const statement = wait === undefined ? undefined : code.parents.get(wait);
  if (wait?.type !== 'AwaitExpression' || functionAround(wait, code) !== fn) return undefined;
  if (statement?.type !== 'ExpressionStatement' || isBareStatement(statement, code)) return undefined;
  const block = code.parents.get(last);
  if (block?.type !== 'BlockStatement' || !contains(block, statement) || statement.range[0] < last.range[1]) return undefined;
  return { statement, operand: unwrap(wait.argument) as TSESTree.Expression };
}

export function waitOf(site: KillSite, source: Source, code: FileCode): ExitStatement | Obstacle {
  const node = site.kill.wait ?? site.kill.node;
  const leave = (why: string): Obstacle => ({ node, why: `the wait for the exit at line ${String(lineOf(source, node))} ${why}` });
  const wait = statementOf(site, code);
  if (wait === undefined) return leave(`is no statement of its own in ${site.place} that always comes after the signal`);
  // What it hands on may still be under way when the process has gone.
  if (mentionsClose(wait.operand, source, code)) return leave("is for 'close', which whoever holds the pipes can put off for ever; let it be for 'exit' if nobody needs the rest of the output");
  if (!isNamed(wait.operand) && !isPlainExit(wait.operand)) return leave('is for more than the exit');
  return wait;
}

function isNamed(node: TSESTree.Node): boolean {
  return node.type === 'Identifier' || thisMember(node) !== undefined;
}

/** `once(child, 'exit')`, `new Promise((resolve) => child.once('exit', () => resolve()))`: nothing but the exit comes out of it. */
export function isPlainExit(node: TSESTree.Node): boolean {
  if (node.type === 'CallExpression') return calleeName(node) === 'once' && node.arguments.length === 2;
  const executor = node.type === 'NewExpression' && calleeName(node) === 'Promise' ? node.arguments[0] : undefined;
  if (executor === undefined || !isFunction(executor)) return false;
  const [resolve, ...others] = executor.params;
  const listens = onlyCallIn(executor.body);
  const [event, listener] = listens?.arguments ?? [];
  if (resolve?.type !== 'Identifier' || others.length > 0 || listens?.arguments.length !== 2) return false;
  if (!/^(?:addListener|on|once)$/.test(calleeName(listens) ?? '') || event?.type !== 'Literal' || event.value !== 'exit' || listener === undefined) return false;
  const called = isFunction(listener) ? onlyCallIn(listener.body)?.callee : listener;
  return called?.type === 'Identifier' && called.name === resolve.name;
}

function onlyCallIn(body: TSESTree.Node): TSESTree.CallExpression | undefined {
  const [only, ...others] = body.type === 'BlockStatement' ? body.body : [];
  const expression = only?.type === 'ExpressionStatement' && others.length === 0 ? only.expression : body;
  const inner = unwrap(expression);
  return inner.type === 'CallExpression' ? inner : undefined;
}

/** In the promise itself, or where the variable or field is given one. */
function mentionsClose(operand: TSESTree.Node, { text }: Source, code: FileCode): boolean {
  const isNamed = ({ range }: TSESTree.Node): boolean => /(['"`])close\1/.test(text.slice(...range));
  const declaration = operand.type === 'Identifier' ? code.names.get(operand)?.node : undefined;
  const field = thisMember(operand);
  const given = field === undefined ? [] : code.nodes.filter((at) => at.type === 'AssignmentExpression' && thisMember(at.left) === field);
  return [operand, ...(declaration === undefined ? [] : [declaration]), ...given].some(isNamed);
}
