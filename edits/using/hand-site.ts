import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { isNothing } from '../../model/ast/is-nothing.ts';
import { around, type Parents } from '../../model/ast/parents.ts';
import { lineOf } from '../../model/line-of.ts';
import type { StartedHere } from '../../model/ownership/started-here.ts';
import { usesOf } from '../../model/ownership/started-local.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { objectOf } from './call-site.ts';
import { hasOwnLines } from './cut.ts';

/** `let bus; try { bus = new Bus(); … } finally { if (bus) await bus.stop(); }` */
export interface HandSite {
  readonly variable: string;
  /** `let bus;` */
  readonly declaration: TSESTree.VariableDeclaration;
  /** `bus = new Bus();` */
  readonly assignment: TSESTree.ExpressionStatement;
  readonly made: TSESTree.Expression;
  /** Where the assignment stands in the `try`. */
  readonly at: number;
  /** `if (bus) await bus.stop();` */
  readonly stop: TSESTree.Statement;
  readonly call: TSESTree.CallExpression;
  /** `bus.stop()`, without a question. */
  readonly text: string;
}

export function triedByHand(found: StartedHere, source: Source): TSESTree.TryStatement | undefined {
  for (const at of around(found.stop, signalFile(source.program))) if (at.type === 'TryStatement' && at.finalizer !== null && contains(at.finalizer, found.stop)) return at;
  return undefined;
}

/** What is stopped by hand in a `finally`, if it could as well be declared where it is made. */
export function handSiteOf({ stop: call, variable, node }: StartedHere, tried: TSESTree.TryStatement, source: Source): HandSite | Obstacle {
  const file = signalFile(source.program);
  const leave = (at: TSESTree.Node, why: string): Obstacle => ({ node: at, why });
  const object = objectOf(call);
  const declarator = object && bindingOf(object.name, object, file.parents)?.node;
  const declaration = declarator && file.parents.get(declarator);
  const stop = tried.finalizer?.body.find((statement) => contains(statement, call));
  if (object === undefined || stop === undefined || declarator?.type !== 'VariableDeclarator' || declaration?.type !== 'VariableDeclaration') return leave(node, `stops ${variable} in a way that is not known`);
  if (tried.handler !== null) return leave(tried.handler, `has a catch at line ${String(lineOf(source, tried.handler))}, which would come after the stop of ${variable} and not before it`);
  if (declaration.declarations.length > 1 || file.parents.get(declaration)?.type === 'ExportNamedDeclaration') return leave(declaration, `declares ${variable} together with something else`);
  if (declarator.init != null && !isNothing(declarator.init)) return leave(declarator, `gives ${variable} a first value`);
  const uses = usesOf(variable, declarator, file);
  const assignments = tried.block.body.filter((statement): statement is TSESTree.ExpressionStatement => statement.type === 'ExpressionStatement' && assignedIn(statement, variable) !== undefined);
  const [assignment] = assignments;
  const made = assignment && assignedIn(assignment, variable);
  if (assignment === undefined || made === undefined) return leave(node, `makes ${variable} in a branch or a loop of its try`);
  if (assignments.length > 1) return leave(assignments[1] ?? assignment, `makes ${variable} more than once`);
  if (uses.some((use) => use !== left(assignment) && isWritten(use, file.parents))) return leave(assignment, `makes ${variable} more than once`);
  const stray = uses.find((use) => !contains(stop, use) && !(contains(tried.block, use) && use.range[0] >= assignment.range[0]));
  if (stray !== undefined) return leave(stray, `uses ${variable} at line ${String(lineOf(source, stray))}, outside the part of its try that follows its making`);
  const crowded = [declaration, assignment, stop].find((statement) => !hasOwnLines(source, statement));
  if (crowded !== undefined) return leave(crowded, `has something else on line ${String(lineOf(source, crowded))}`);
  const text = plainCall(source, call, object);
  if (text === undefined) return leave(call, `stops ${variable} in a way that is not known`);
  return { variable, declaration, assignment, made, at: tried.block.body.indexOf(assignment), stop, call, text };
}

function left({ expression }: TSESTree.ExpressionStatement): TSESTree.Node | undefined {
  return expression.type === 'AssignmentExpression' ? expression.left : undefined;
}

function isWritten(use: TSESTree.Node, parents: Parents): boolean {
  const parent = parents.get(use);
  const isAssigned = parent?.type === 'AssignmentExpression' && parent.left === use;
  return isAssigned || parent?.type === 'UpdateExpression' || /Pattern$|^For(?:In|Of)Statement$/.test(parent?.type ?? '') || (parent?.type === 'Property' && parents.get(parent)?.type.endsWith('Pattern') === true);
}

function assignedIn({ expression }: TSESTree.ExpressionStatement, name: string): TSESTree.Expression | undefined {
  const isOwn = expression.type === 'AssignmentExpression' && expression.operator === '=' && expression.left.type === 'Identifier' && expression.left.name === name;
  return isOwn ? expression.right : undefined;
}

/** `bus.stop()` for `bus?.stop()` and `bus!.stop()`. */
function plainCall({ text }: Source, call: TSESTree.CallExpression, object: TSESTree.Identifier): string | undefined {
  const after = text.slice(object.range[1], call.range[1]);
  const rest = /^!?\s*\??\.\s*(?=[A-Za-z$_#])/.exec(after);
  return rest === null || call.optional ? undefined : `${object.name}.${after.slice(rest[0].length)}`;
}
