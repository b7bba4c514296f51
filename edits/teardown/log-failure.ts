import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLogging } from '../../model/ast/is-logging.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { fileStyleOf } from '../text/file-style.ts';

/** Writes the call that logs a failed step; `step` is its name, `error` that of the caught error. */
export type LogFailure = (step: string, error: string) => string;

/** How a logger is called: with the message first or the fields first, and the error as a field or by itself. */
type Shape =
  | { readonly order: 'error-first' | 'message-first'; readonly key: string | undefined; readonly placeholder: string }
  | { readonly order: 'message-only' };

interface Logger {
  readonly receiver: string;
  readonly level: string;
  readonly shape: Shape;
}

const LEVELS = ['error', 'fatal', 'warn', 'warning', 'info', 'debug', 'log'];
const ERROR_NAME = /^(?:e|err|error|cause|reason|ex|exception)$/i;

/** As the class logs errors already, else as it logs at all, else by `console.error`. `hasThis` tells whether `this` is the service there, `what` has failed. */
export function logFailureOf({ node, facts }: Service, source: Source, hasThis: boolean, what = 'teardown step'): LogFailure {
  const { quote } = fileStyleOf(source);
  const found = loggersIn(node, source).filter(({ receiver }) => hasThis || !receiver.startsWith('this'));
  const logger = found.sort((first, second) => rank(first) - rank(second))[0];
  if (logger === undefined || logger.receiver === 'console' || !knowsError(logger, facts.fields, source)) return (step, error) => `console.error(${quote}${what} failed: ${step}${quote}, ${error})`;
  const level = logger.level === 'warn' || logger.level === 'warning' || logger.level === 'fatal' ? logger.level : 'error';
  return (step, error) => `${logger.receiver}.${level}(${argumentsOf(logger.shape, `${what} failed: ${step}`, error, quote)})`;
}

function argumentsOf(shape: Shape, message: string, error: string, quote: string): string {
  if (shape.order === 'message-only') return `\`${message}: \${String(${error})}\``;
  const value = shape.key === undefined ? error : shape.key === error ? `{ ${error} }` : `{ ${shape.key}: ${error} }`;
  const text = `${quote}${message}${shape.placeholder}${quote}`;
  return shape.order === 'message-first' ? `${text}, ${value}` : `${value}, ${text}`;
}

/** A call that logs an error tells more than one that does not, and a call with fields more than one without. */
function rank({ level, shape }: Logger): number {
  const known = LEVELS.indexOf(level);
  return (shape.order === 'message-only' ? 100 : 0) + (known === -1 ? 50 : known);
}

const ofClasses = new WeakMap<TSESTree.Node, readonly Logger[]>();

function loggersIn(node: TSESTree.Node, source: Source): readonly Logger[] {
  const known = ofClasses.get(node);
  if (known !== undefined) return known;
  const loggers: Logger[] = [];
  ofClasses.set(node, loggers);
  visit(node, (below) => {
    const logger = below.type === 'CallExpression' && isLogging(below) ? loggerOf(below, source) : undefined;
    if (logger !== undefined) loggers.push(logger);
    return undefined;
  });
  return loggers;
}

function loggerOf(node: TSESTree.CallExpression, source: Source): Logger | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || callee.computed || node.optional || callee.optional) return undefined;
  const object = unwrap(callee.object);
  const isKnown = thisMember(object) !== undefined || (object.type === 'Identifier' && (object.name === 'console' || isOfModule(object.name, source)));
  const level = memberName(callee) ?? '';
  const shape = LEVELS.includes(level) ? shapeOf(node.arguments) : undefined;
  return isKnown && shape !== undefined ? { receiver: source.text.slice(...callee.object.range), level, shape } : undefined;
}

function shapeOf([first, second]: readonly TSESTree.Node[]): Shape | undefined {
  if (first === undefined) return undefined;
  if (isMessage(first)) {
    if (second === undefined) return { order: 'message-only' };
    return isError(second) ? { order: 'message-first', key: keyOf(second), placeholder: placeholderIn(first) } : undefined;
  }
  return isError(first) && second !== undefined && isMessage(second) ? { order: 'error-first', key: keyOf(first), placeholder: '' } : undefined;
}

function isMessage(node: TSESTree.Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/** What stands for the error in `'cannot close: %s'`, with what is before it. */
function placeholderIn(message: TSESTree.Node): string {
  const [found] = message.type === 'Literal' && typeof message.value === 'string' ? (/(?::| -)? ?%[a-zA-Z]$/.exec(message.value) ?? []) : [];
  return found ?? '';
}

/** What can carry an error: an object of fields, or the error by itself. */
function isError(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'ObjectExpression' || (inner.type === 'Identifier' && ERROR_NAME.test(inner.name));
}

/** The name under which an object of fields has the error; `error` where it has none. */
function keyOf(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'ObjectExpression') return undefined;
  const keys = inner.properties.flatMap((property) => (property.type === 'Property' ? (keyName(property) ?? []) : []));
  return keys.find((key) => ERROR_NAME.test(key)) ?? 'error';
}

/** Imported, or declared at the top of the file. */
function isOfModule(name: string, { program }: Source): boolean {
  return program.body.some((statement) => {
    if (statement.type === 'ImportDeclaration') return statement.specifiers.some(({ local }) => local.name === name);
    return statement.type === 'VariableDeclaration' && statement.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name);
  });
}

/** Whether the logger has a method for errors: seen in its interface where that is in the file, else as loggers have. */
function knowsError({ receiver, level }: Logger, fields: Service['facts']['fields'], { program }: Source): boolean {
  if (level !== 'info' && level !== 'debug' && level !== 'log') return true;
  const annotation = fields.get(receiver.replace(/^this\??\./, ''))?.typeAnnotation;
  const name = annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' ? annotation.typeName.name : undefined;
  for (const statement of program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'TSInterfaceDeclaration' || declared.id.name !== name) continue;
    return declared.body.body.some((member) => (member.type === 'TSMethodSignature' || member.type === 'TSPropertySignature') && keyName(member) === 'error');
  }
  return true;
}

/** Whether `this` in a function is that of the method round it. */
export function keepsThis(path: readonly TSESTree.Node[]): boolean {
  const functions = path.filter(isFunction);
  return functions.slice(1).every(({ type }) => type === 'ArrowFunctionExpression');
}
