import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { drop, functionOf, localsOnlyFor, type Mutation, type Mutator, replace, type Specimen, statementsAfter, textOf } from './mutation.ts';

const ESCALATE = 'require-kill-escalation';

export const neverKill: Mutator = (specimen) =>
  killsIn(specimen).flatMap((node): Mutation[] => [{ what: 'SIGKILL is never sent', rules: [ESCALATE], node, changes: [replace(node, `${textOf(specimen, node.callee)}('SIGTERM')`)] }]);

/** `child.exitCode === null && child.signalCode === null` is right; `child.killed` is true as soon as a signal is sent. */
export const askKilled: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const text = killedIn(node, specimen);
    return text === undefined ? [] : [{ what: 'the escalation asks child.killed', rules: ['no-dead-kill-escalation'], node, changes: [replace(node, text)] }];
  });

/** The same question, wrongly asked: of a test before SIGKILL, or of what a function that only asks gives back. */
function killedIn(node: TSESTree.Node, specimen: Specimen): string | undefined {
  const parent = specimen.parents.get(node);
  const isAsked = parent?.type === 'ReturnStatement' || (parent?.type === 'LogicalExpression' && textOf(specimen, parent).includes('SIGKILL')) || (parent?.type === 'IfStatement' && escalates(parent, specimen));
  if (!isAsked) return undefined;
  const text = textOf(specimen, node);
  const [, alive] = /^(.+)\.exitCode === null && \1\.signalCode === null$/.exec(text) ?? /^(.+)\.signalCode === null && \1\.exitCode === null$/.exec(text) ?? [];
  if (alive !== undefined) return `!${alive}.killed`;
  const [, gone] = /^(.+)\.exitCode !== null \|\| \1\.signalCode !== null$/.exec(text) ?? /^(.+)\.signalCode !== null \|\| \1\.exitCode !== null$/.exec(text) ?? [];
  if (gone !== undefined) return `${gone}.killed`;
  const [, child] = /(\w+)\.kill\(['"]SIGKILL/.exec(parent.type === 'IfStatement' ? textOf(specimen, parent.consequent) : '') ?? [];
  return child !== undefined && /^!\w*exited$/i.test(text) ? `!${child}.killed` : undefined;
}

/** SIGKILL is sent where it holds, or is the next thing where it does not. */
function escalates({ consequent }: TSESTree.IfStatement, specimen: Specimen): boolean {
  const next = specimen.parents.get(consequent);
  const [after] = next?.type === 'IfStatement' ? statementsAfter(next, specimen) : [];
  return /['"]SIGKILL['"]/.test(textOf(specimen, consequent)) || (consequent.type === 'ReturnStatement' && after !== undefined && /^\w+\.kill\(['"]SIGKILL/.test(textOf(specimen, after)));
}

/** `await exited;` after a kill, with the `try` that is there for its deadline alone. */
export const neverAwaitTheExit: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AwaitExpression' || !/exit/i.test(textOf(specimen, node.argument)) || killsIn(specimen).length === 0) return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement' || textOf(specimen, node).includes("spawn'") || isEnding(node.argument) || !isAfterAKill(node, specimen)) return [];
    const block = specimen.parents.get(statement);
    const around = block === undefined ? undefined : specimen.parents.get(block);
    const whole = block?.type === 'BlockStatement' && block.body.length === 1 && around?.type === 'TryStatement' && around.block === block ? around : statement;
    return [{ what: 'the exit is not awaited', rules: [ESCALATE, 'no-untracked-background-task'], node, changes: [drop(whole, specimen), ...localsOnlyFor(whole, specimen)], harmless: whyWaitedLater(whole, specimen) }];
  });

/** `await Promise.race([exited, sleep(2000)]); if (child.exitCode === null) { child.kill('SIGKILL'); await exited; }` */
function whyWaitedLater(dropped: TSESTree.Node, specimen: Specimen): string | undefined {
  const after = statementsAfter(dropped, specimen).map((statement) => textOf(specimen, statement)).join('\n');
  const waits = /SIGKILL[^]*(?:await|return) [^]*exit/i.test(after);
  return waits ? 'SIGKILL follows at once, and its exit is awaited' : undefined;
}

/** What is waited for before the first signal is the work of the child. */
function isAfterAKill(node: TSESTree.Node, specimen: Specimen): boolean {
  const around = functionOf(node, specimen);
  return around === undefined || /[kK]ill\(/.test(specimen.source.text.slice(around.range[0], node.range[0]));
}

/** `this.#end(child, this.#exited)` does more than wait. */
function isEnding(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && thisMember(node.callee) !== undefined;
}

function killsIn({ nodes }: Specimen): readonly TSESTree.CallExpression[] {
  return nodes.filter((node) => node.type === 'CallExpression' && calleeName(node) === 'kill' && node.arguments[0]?.type === 'Literal' && node.arguments[0].value === 'SIGKILL') as TSESTree.CallExpression[];
}
