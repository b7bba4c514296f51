import type { TSESTree } from '@typescript-eslint/utils';
import { finalizersOf } from '../../model/read-finalizers.ts';
import { killsOf } from '../../model/read-kills.ts';
import { signalHandlersOf } from '../../model/read-signals.ts';
import { kept, notAsked, type Silence, type SilenceReader, type Silent, unknown } from './silence.ts';

/** What each of these rules looks at, which need not be in a service: what it says where the class has none of it. */
const NONE = {
  'no-dead-kill-escalation': 'nothing in the class was seen to end a child process',
  'no-finalizer-stop': 'nothing in the class leaves a stop to the garbage collector or to the exit of the process',
  'no-stale-pid-kill': 'nothing in the class was seen to end a child process',
  'no-started-provider': 'the class hands out no other service that it has started',
  'prefer-await-using': 'no method of the class was seen to start another service and to leave its stop to chance',
  'require-kill-escalation': 'nothing in the class was seen to end a child process',
  'require-shutdown-latch': 'nothing in the class handles a shutdown signal',
} as const;

export type ElsewhereRule = keyof typeof NONE;

/** The silence of a rule that looks at functions and modules too: whether the class has anything that it looks at. */
export function elsewhere(rule: ElsewhereRule): SilenceReader {
  return (silent) => {
    if (silent.isStrictOnly) return notAsked('what there is does no harm that is sure; `strict` asks about it all the same');
    return nodesFor(rule, silent).some((node) => isIn(node, silent)) ? answer(rule, silent) : notAsked(NONE[rule]);
  };
}

function nodesFor(rule: ElsewhereRule, { source: { program } }: Silent): readonly TSESTree.Node[] {
  if (rule === 'no-finalizer-stop') return finalizersOf(program).map(({ node }) => node);
  if (rule === 'require-shutdown-latch') return signalHandlersOf(program).flatMap(({ registrations }) => registrations.map(({ node }) => node));
  const { kills, stale } = killsOf(program);
  if (rule === 'no-stale-pid-kill') return [...kills, ...stale].map(({ node }) => node);
  return rule === 'no-dead-kill-escalation' || rule === 'require-kill-escalation' ? kills.map(({ node }) => node) : [];
}

function isIn({ range: [from, to] }: TSESTree.Node, { service: { node } }: Silent): boolean {
  return node.range[0] <= from && to <= node.range[1];
}

function answer(rule: ElsewhereRule, silent: Silent): Silence {
  if (rule === 'no-stale-pid-kill') return kept('no signal was seen to go to a pid that may be of another process by now');
  if (rule === 'no-dead-kill-escalation') return kept('no escalation depends on `killed`');
  if (rule === 'require-shutdown-latch') return ofSignals(silent);
  if (rule !== 'require-kill-escalation') return unknown('whether it does harm cannot be told');
  const kills = killsOf(silent.source.program).kills.filter(({ node }) => isIn(node, silent));
  const isEnded = kills.every(({ exitAwaited, bounded, escalated }) => exitAwaited === 'yes' && bounded === 'yes' && escalated === 'yes');
  return isEnded ? kept('each signal is followed by a wait for the exit, with a limit, and then by SIGKILL') : unknown('whether the process is waited for, and killed if it stays, cannot be told');
}

function ofSignals(silent: Silent): Silence {
  const handlers = signalHandlersOf(silent.source.program).filter(({ registrations }) => registrations.some(({ node }) => isIn(node, silent)));
  return handlers.every(({ gap }) => gap === undefined) ? kept('no second signal was seen to run the shutdown again') : unknown('what a second signal does cannot be told');
}
