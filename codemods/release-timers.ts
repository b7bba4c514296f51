import type { TSESTree } from '@typescript-eslint/utils';
import { releaseLocalTimers, releaseTimers } from '../edits/release-timers.ts';
import { contains } from '../model/ast/contains.ts';
import { localIntervalsOf } from '../model/ledger/local-intervals.ts';
import { type LocalTimer, localTimersOf } from '../model/ledger/local-timers.ts';
import type { FunctionNode } from '../model/service.ts';
import { servicesOf } from '../model/services-of.ts';
import type { Plan } from './codemod.ts';
import { defineCodemod } from './define-codemod.ts';
import { resolveSettings } from './resolve-settings.ts';

/** Clears every timer on every path, before it is set again, and first thing in stop. */
export default defineCodemod({
  name: 'release-timers',
  description: 'Clear every timer first thing in stop, before it is set again, and on every way out of a function',
  mends: ['require-timer-release'],
  isDefault: false,
  looksAt: 'timers',
  plan: (source, options) => {
    const services = servicesOf(source, resolveSettings(options.settings));
    const ofServices = services.flatMap((service): Plan[] => {
      const outcome = releaseTimers(service, source);
      return outcome === undefined ? [] : [{ name: service.name, node: service.node, outcome }];
    });
    const byFunction = new Map<FunctionNode, LocalTimer[]>();
    const isOfService = (timer: TSESTree.Node): boolean => services.some(({ node }) => contains(node, timer));
    for (const timer of localTimersOf(source.program)) {
      if (!isOfService(timer.node)) byFunction.set(timer.fn, [...(byFunction.get(timer.fn) ?? []), timer]);
    }
    const intervals = localIntervalsOf(source.program).filter(({ gap, node }) => gap === 'keepsAlive' && !isOfService(node));
    for (const { fn } of intervals) if (!byFunction.has(fn)) byFunction.set(fn, []);
    const ofFunctions = Array.from(byFunction, ([fn, timers]): Plan[] => {
      const outcome = releaseLocalTimers(timers, source, intervals.filter((interval) => interval.fn === fn));
      return outcome === undefined ? [] : [{ name: nameOf(fn), node: fn, outcome }];
    });
    return [...ofServices, ...ofFunctions.flat()].toSorted((one, other) => one.node.range[0] - other.node.range[0]);
  },
});

function nameOf(fn: FunctionNode): string {
  return fn.type !== 'ArrowFunctionExpression' && fn.id !== null ? fn.id.name : '(anonymous function)';
}
