import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { drop, functionOf, type Mutation, type Mutator, replace, type Specimen, statementAround, statementsAfter, textOf } from './mutation.ts';

const ESCALATE = 'require-kill-escalation';

/** `if (stopping) return; stopping = true;`, in a file that listens to signals. */
export const dropTheLatch: Mutator = (specimen) => {
  if (!/['"]SIG(?:INT|TERM)['"]/.test(specimen.source.text)) return [];
  const latches = specimen.nodes.filter((node) => node.type === 'IfStatement' && alwaysExits(node.consequent) !== 'none' && LATCH.test(textOf(specimen, node.test)));
  return latches.map((node): Mutation => {
    const harmless = latches.some((other) => other !== node && calls(other, node, specimen)) ? 'the latch of its only caller turns a second signal away' : undefined;
    return { what: 'the latch is not tested', rules: ['require-shutdown-latch'], node, changes: [replace(node, '')], harmless };
  });
};

const LATCH = /^!?\w*(?:stopping|shutting|closing|ending|terminating|shutdown)\w*$/i;

/** Whether the function of one latch calls that of another, and nothing else does. */
function calls(latch: TSESTree.Node, called: TSESTree.Node, specimen: Specimen): boolean {
  const [caller, callee] = [functionOf(latch, specimen), functionOf(called, specimen)];
  const declarator = callee === undefined ? undefined : specimen.parents.get(callee);
  if (caller === undefined || callee === caller || declarator?.type !== 'VariableDeclarator') return false;
  const name = textOf(specimen, declarator.id);
  const uses = specimen.nodes.filter((node) => node.type === 'Identifier' && node.name === name && node !== declarator.id && specimen.parents.get(node)?.type !== 'MemberExpression');
  return uses.length > 0 && uses.every((use) => caller.range[0] <= use.range[0] && use.range[1] <= caller.range[1]);
}

export const neverKill: Mutator = (specimen) =>
  killsIn(specimen).flatMap((node): Mutation[] => [{ what: 'SIGKILL is never sent', rules: [ESCALATE], node, changes: [replace(node, `${textOf(specimen, node.callee)}('SIGTERM')`)] }]);

/** `child.exitCode === null && child.signalCode === null` is right; `child.killed` is true as soon as a signal is sent. */
export const askKilled: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const found = node.type === 'LogicalExpression' ? /^(.+)\.exitCode === null && \1\.signalCode === null$/.exec(textOf(specimen, node)) : null;
    return found?.[1] === undefined ? [] : [{ what: 'the escalation asks child.killed', rules: ['no-dead-kill-escalation'], node, changes: [replace(node, `!${found[1]}.killed`)] }];
  });

/** `await exited;` after a kill, with the `try` that is there for its deadline alone. */
export const neverAwaitTheExit: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AwaitExpression' || !/exit/i.test(textOf(specimen, node.argument)) || killsIn(specimen).length === 0) return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement' || textOf(specimen, node).includes("spawn'") || isEnding(node.argument)) return [];
    const block = specimen.parents.get(statement);
    const around = block === undefined ? undefined : specimen.parents.get(block);
    const whole = block?.type === 'BlockStatement' && block.body.length === 1 && around?.type === 'TryStatement' && around.block === block ? around : statement;
    return [{ what: 'the exit is not awaited', rules: [ESCALATE, 'no-untracked-background-task'], node, changes: [drop(whole, specimen)], harmless: whyWaitedLater(whole, specimen) }];
  });

/** `await Promise.race([exited, sleep(2000)]); if (child.exitCode === null) { child.kill('SIGKILL'); await exited; }` */
function whyWaitedLater(dropped: TSESTree.Node, specimen: Specimen): string | undefined {
  const waits = statementsAfter(dropped, specimen).some((statement) => /SIGKILL[^]*await [^]*exit/i.test(textOf(specimen, statement)));
  return waits ? 'SIGKILL follows at once, and its exit is awaited' : undefined;
}

/** `this.#end(child, this.#exited)` does more than wait. */
function isEnding(node: TSESTree.Node): boolean {
  return node.type === 'CallExpression' && thisMember(node.callee) !== undefined;
}

/** `if (startedAt === record.startedAt) process.kill(pid)` without the test. */
export const neverVerifyThePid: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'IfStatement' || node.alternate !== null || !/[kK]ill\w*\(.*pid/.test(textOf(specimen, node.consequent))) return [];
    const statement = statementAround(node, specimen) ?? node;
    return [{ what: 'what runs under the pid is not asked', rules: ['no-stale-pid-kill'], node, changes: [replace(statement, textOf(specimen, node.consequent))] }];
  });

function killsIn({ nodes }: Specimen): readonly TSESTree.CallExpression[] {
  return nodes.filter((node) => node.type === 'CallExpression' && calleeName(node) === 'kill' && node.arguments[0]?.type === 'Literal' && node.arguments[0].value === 'SIGKILL') as TSESTree.CallExpression[];
}
