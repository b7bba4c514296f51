import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import type { InstanceType } from '../types.ts';
import { isStopCall, isStopName } from './is-stop-call.ts';
import type { StartedLocal } from './started-local.ts';

/** The hooks by which containers end what they have built. */
const HOOKS: ReadonlySet<string> = new Set([
  'beforeApplicationShutdown',
  'disposer',
  'ngOnDestroy',
  'onApplicationShutdown',
  'onDeactivation',
  'onDestroy',
  'onModuleDestroy',
  'preDestroy',
]);

/** Whether the function that has started something tells anybody to stop it, or hands it to somebody who may. */
export function isTold({ uses }: StartedLocal, { parents }: SignalFile): boolean {
  return uses.some((use) => {
    let at = parents.get(use);
    while (at !== undefined && unwrap(at) === use) at = parents.get(at);
    if (at?.type === 'MemberExpression' && unwrap(at.object) === use) return isStopName(memberName(at) ?? '');
    return !isReturned(use, parents);
  });
}

function isReturned(use: TSESTree.Node, parents: ReadonlyMap<TSESTree.Node, TSESTree.Node>): boolean {
  for (let at = parents.get(use); at !== undefined; at = parents.get(at)) {
    if (at.type === 'ReturnStatement') return true;
    if (unwrap(at) === at && !/^(?:Await|Object)Expression$|^Property$/.test(at.type)) return false;
  }
  return false;
}

/** Whether its container ends it by itself. */
export function hasHook(type: InstanceType): boolean {
  return [...HOOKS].some((hook) => type.method(hook) !== undefined);
}

/** Whether a file that fills a container has anything that stops what is in it. */
export function hasStops({ program }: SignalFile): boolean {
  return someBelow(program, (node) => {
    if (node.type === 'CallExpression') return isStopCall(node) || HOOKS.has(calleeName(node) ?? '');
    return (node.type === 'MethodDefinition' || node.type === 'Property' || node.type === 'PropertyDefinition') && HOOKS.has(keyName(node) ?? '');
  });
}
