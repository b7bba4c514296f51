import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { memberName } from '../../model/ast/member-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { isOfStop, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const TASK = 'no-untracked-background-task';
const TIMER = 'require-timer-release';

/** `this.#task = this.#run()…`: a task that is kept. */
function keptTasks(specimen: Specimen): readonly { readonly node: TSESTree.AssignmentExpression; readonly field: string }[] {
  return specimen.nodes.flatMap((node) => {
    const field = node.type === 'AssignmentExpression' ? thisMember(node.left) : undefined;
    if (node.type !== 'AssignmentExpression' || field === undefined) return [];
    return /^(?:#?)(?:task|worker|loop|run|running|probing|consuming|polling|sweep|done|job)\w*$/i.test(field) && unwrap(node.right).type === 'CallExpression' ? [{ node, field }] : [];
  });
}

export const dropTheCatch: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'catch' || node.callee.type !== 'MemberExpression') return [];
    if (!keptTasks(specimen).some((kept) => kept.node.range[0] <= node.range[0] && node.range[1] <= kept.node.range[1])) return [];
    return [{ what: 'the catch at the spawn is taken off', rules: [TASK], node, changes: [replace(node, textOf(specimen, node.callee.object))] }];
  });

export const forgetTheTask: Mutator = (specimen) =>
  keptTasks(specimen).flatMap(({ node }): Mutation[] => [{ what: 'the task is not kept', rules: [TASK], node, changes: [replace(node, `void ${textOf(specimen, node.right)}`)] }]);

/** `await this.#task` and `await pTimeout(this.#task, …)` in stop. */
export const neverWaitForTheTask: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'AwaitExpression' || !isOfStop(memberAround(node, specimen))) return [];
    const statement = specimen.parents.get(node);
    const names = keptTasks(specimen).map(({ field }) => `this.${field}`);
    const waits = names.some((name) => textOf(specimen, node).includes(name));
    if (!waits || statement?.type !== 'ExpressionStatement') return [];
    return [{ what: 'stop does not wait for the task', rules: [TASK, 'require-lifecycle-lock'], node, changes: [replace(statement, '')] }];
  });

export const neverClear: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || !/^clear(?:Interval|Timeout|Immediate)$/.test(calleeName(node) ?? '')) return [];
    const statement = specimen.parents.get(node);
    return statement?.type === 'ExpressionStatement' ? [{ what: 'the timer is not cleared', rules: [TIMER], node, changes: [replace(statement, '')] }] : [];
  });

export const neverUnref: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'unref') return [];
    return [{ what: 'the unref is taken off', rules: [TIMER], node, changes: [replace(node, textOf(specimen, node.callee.object))] }];
  });
