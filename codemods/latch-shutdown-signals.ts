import type { TSESTree } from '@typescript-eslint/utils';
import { latchShutdownSignals } from '../edits/latch-shutdown-signals.ts';
import { signalHandlersOf } from '../model/read-signals.ts';
import type { SignalHandler } from '../model/signals/signal.ts';
import type { Plan } from './codemod.ts';
import { defineCodemod } from './define-codemod.ts';

/** Lets a shutdown run once and to its end, whatever signals come. */
export default defineCodemod({
  name: 'latch-shutdown-signals',
  description: 'Let a shutdown run once and to its end when one signal comes behind another',
  mends: ['require-shutdown-latch'],
  isDefault: false,
  looksAt: 'signals',
  plan: (source) => {
    const byOwner = new Map<TSESTree.Node, SignalHandler[]>();
    for (const handler of signalHandlersOf(source.program)) byOwner.set(handler.ownerNode, [...(byOwner.get(handler.ownerNode) ?? []), handler]);
    const plans = Array.from(byOwner, ([node, handlers]): Plan[] => {
      const outcome = latchShutdownSignals(handlers, source);
      return outcome === undefined ? [] : [{ name: handlers[0]?.owner ?? '', node, outcome }];
    });
    return plans.flat().toSorted((one, other) => one.node.range[0] - other.node.range[0]);
  },
});
