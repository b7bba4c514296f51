import type { TSESTree } from '@typescript-eslint/utils';
import { constantKey } from '../ast/constant-key.ts';
import { thisRoot } from '../ast/this-root.ts';
import { type Exits, readCondition } from './read-condition.ts';
import { readExpression } from './read-expression.ts';
import { readBlock } from './read-statement.ts';
import { rootField } from './root-field.ts';
import type { LoopEnd, Step, TestStep } from './step.ts';
import { apart, emit, inArm, scopeOf, type Walk } from './walk.ts';

type Loop = TSESTree.DoWhileStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.ForStatement | TSESTree.WhileStatement;

/** Reads a loop's body once, and says until when it runs. */
export function readLoop(walk: Walk, node: Loop): void {
  if (node.type === 'ForStatement' && node.init !== null && node.init.type !== 'VariableDeclaration') readExpression(walk, node.init, false);
  const iterated = node.type === 'ForOfStatement' || node.type === 'ForInStatement' ? node.right : undefined;
  if (iterated !== undefined) {
    readExpression(walk, iterated, false);
    bindLoopVariable(walk, node as TSESTree.ForOfStatement);
  }
  const test = 'test' in node ? node.test : null;
  const inside = apart(walk, () => {
    inArm(walk, node, 0, false, () => {
      if (test !== null) readCondition(walk, test, UNTIL_FALSE);
      if (node.type === 'ForOfStatement' && node.await) emit(walk, { kind: 'await', node, field: rootField(walk, node.right), unseen: false });
      readBlock(walk, node.body.type === 'BlockStatement' ? node.body.body : [node.body], false);
    });
  });
  walk.steps.push(...inside);
  const ends = endsOf(walk, node, inside);
  const endless = isEndless(node);
  if (!inside.some(({ kind }) => kind === 'await') || isList(node) || isRetry(node) || (isCounted(node) && ends.length === 0)) return;
  emit(walk, { kind: 'loop', node, ends, endless });
}

function isList(node: Loop): boolean {
  return node.type === 'ForInStatement' || (node.type === 'ForOfStatement' && !node.await);
}

function isCounted(node: Loop): boolean {
  return node.type === 'ForStatement' && node.test !== null;
}

/** A loop that leaves itself once its body has run through: it tries until it succeeds. */
function isRetry({ body }: Loop): boolean {
  const statements = body.type === 'BlockStatement' ? body.body : [body];
  const tried = statements.flatMap((statement) => (statement.type === 'TryStatement' ? statement.block.body : [statement]));
  return tried.some(({ type }) => type === 'BreakStatement' || type === 'ReturnStatement');
}

/** Any test inside a loop may have to do with its end; which field stop() sets is for the reader of the flow to see. */
function endsOf(walk: Walk, node: Loop, inside: readonly Step[]): LoopEnd[] {
  const tests = inside.flatMap((step) => (step.kind === 'test' && (!isCounted(node) || step.exit !== 'none') ? [endOf(step)] : []));
  const streamed = node.type === 'ForOfStatement' ? rootField(walk, node.right) : undefined;
  return streamed === undefined ? tests : [...tests, { field: streamed, when: { is: 'other' }, viaLocal: false }];
}

function endOf(step: TestStep): LoopEnd {
  return { field: step.field, when: step.exit === 'none' ? { is: 'other' } : step.when, viaLocal: thisRoot(step.node) === undefined };
}

const UNTIL_FALSE: Exits = { whenTrue: 'none', whenFalse: 'break', partial: false };

function isEndless(node: Loop): boolean {
  if (node.type === 'ForStatement') return node.test === null;
  return (node.type === 'WhileStatement' || node.type === 'DoWhileStatement') && constantKey(node.test) === 'true';
}

/** `for (const client of this.#clients)`: what is done to the client is done to what the field holds. */
function bindLoopVariable(walk: Walk, node: TSESTree.ForOfStatement): void {
  const declared = node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left;
  const field = rootField(walk, node.right);
  const names = declared.type === 'Identifier' ? [declared] : declared.type === 'ArrayPattern' ? declared.elements : [];
  for (const name of names) {
    if (name?.type === 'Identifier') scopeOf(walk).locals.set(name.name, { field, value: { kind: 'other' }, pending: [] });
  }
}
