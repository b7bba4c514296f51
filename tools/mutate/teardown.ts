import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { insideOf, isOfStart, isOfStop, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const AWAIT = ({ type }: TSESTree.Node): boolean => type === 'AwaitExpression';

/** `try { await a(); } finally { b(); }` without the try: b is skipped when a fails. */
export const dropTheFinally: Mutator = (specimen) =>
  triesIn(specimen).flatMap((node): Mutation[] => {
    if (node.finalizer === null || node.handler !== null || !isOfStop(memberAround(node, specimen))) return [];
    const text = `${insideOf(specimen, node.block)}${insideOf(specimen, node.finalizer)}`;
    return [{ what: 'the finally is taken off', rules: ['no-skipped-teardown', 'require-kill-escalation'], node, changes: [replace(node, text)] }];
  });

/** A step of stop without the try that kept its failure from the next. */
export const dropOneIsolation: Mutator = (specimen) =>
  triesIn(specimen).flatMap((node): Mutation[] => {
    if (node.handler === null || node.finalizer !== null || !isOfStop(memberAround(node, specimen))) return [];
    if (alwaysExits(node.handler.body) !== 'none' || !someBelow(node.block, AWAIT)) return [];
    if (/Timeout|\.kill\(/.test(textOf(specimen, node.handler))) return [];
    return [{ what: 'one step is no longer isolated', rules: ['no-skipped-teardown'], node, changes: [replace(node, insideOf(specimen, node.block))] }];
  });

/** Nobody hears of the step that failed. */
export const silenceAStep: Mutator = (specimen) =>
  dropOneIsolation(specimen).flatMap(({ node }): Mutation[] => {
    const handler = node.type === 'TryStatement' ? node.handler : null;
    if (handler === null) return [];
    return [{ what: 'a failed step is swallowed in silence', rules: ['no-skipped-teardown'], node, changes: [replace(handler, 'catch {}')] }];
  });

export const dropTheRollback: Mutator = (specimen) =>
  triesIn(specimen).flatMap((node): Mutation[] => {
    const member = memberAround(node, specimen);
    if (node.handler === null || !isOfStart(member) || isOfStop(member) || alwaysExits(node.handler.body) === 'none' || !someBelow(node.block, AWAIT)) return [];
    return [{ what: 'the rollback is taken off', rules: ['require-startup-rollback'], node, changes: [replace(node, insideOf(specimen, node.block))] }];
  });

/** The rollback forgets the one thing it undoes last. */
export const forgetOneUndo: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    const isUndo = node.type === 'ExpressionStatement' && /^(?:undo|rollback|cleanups?|stack)\.(?:push|defer)\(/.test(textOf(specimen, node)) && isOfStart(memberAround(node, specimen));
    return isUndo ? [{ what: 'one acquisition is left out of the rollback', rules: ['require-startup-rollback'], node, changes: [replace(node, '')] }] : [];
  });

function triesIn({ nodes }: Specimen): readonly TSESTree.TryStatement[] {
  return nodes.filter((node) => node.type === 'TryStatement');
}
