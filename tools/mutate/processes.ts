import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { type Mutation, type Mutator, replace, type Specimen, statementAround, textOf } from './mutation.ts';

const ESCALATE = 'require-kill-escalation';

/** `if (stopping) return; stopping = true;`, in a file that listens to signals. */
export const dropTheLatch: Mutator = (specimen) => {
  if (!/['"]SIG(?:INT|TERM)['"]/.test(specimen.source.text)) return [];
  return specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'IfStatement' || alwaysExits(node.consequent) === 'none' || !/^!?\w*(?:stopping|shutting|closing|ending|terminating|shutdown)\w*$/i.test(textOf(specimen, node.test))) return [];
    return [{ what: 'the latch is not tested', rules: ['require-shutdown-latch'], node, changes: [replace(node, '')] }];
  });
};

export const neverKill: Mutator = (specimen) =>
  killsIn(specimen).flatMap((node): Mutation[] => [{ what: 'SIGKILL is never sent', rules: [ESCALATE], node, changes: [replace(node, node.type === 'CallExpression' ? `${textOf(specimen, node.callee)}('SIGTERM')` : '')] }]);

/** `child.exitCode === null && child.signalCode === null` is right; `child.killed` is true as soon as a signal is sent. */
export const askKilled: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const found = node.type === 'LogicalExpression' ? /^(.+)\.exitCode === null && \1\.signalCode === null$/.exec(textOf(specimen, node)) : null;
    return found?.[1] === undefined ? [] : [{ what: 'the escalation asks child.killed', rules: ['no-dead-kill-escalation'], node, changes: [replace(node, `!${found[1]}.killed`)] }];
  });

/** `await exited;` after a kill. */
export const neverAwaitTheExit: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AwaitExpression' || !/exit/i.test(textOf(specimen, node.argument)) || killsIn(specimen).length === 0) return [];
    const statement = specimen.parents.get(node);
    if (statement?.type !== 'ExpressionStatement' || /spawn'/.test(textOf(specimen, node))) return [];
    return [{ what: 'the exit is not awaited', rules: [ESCALATE, 'no-untracked-background-task'], node, changes: [replace(statement, '')] }];
  });

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
