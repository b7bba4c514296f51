import type { Pair } from './pairs.ts';
import type { ClassFacts } from './service.ts';
import type { Framework, ResolvedSettings } from './settings.ts';
import { lastName } from './ast/last-name.ts';

/** The interface by which a class tells that a framework starts and stops it, once and in order. */
const HOSTED: Readonly<Record<Framework, ReadonlySet<string>>> = {
  libp2p: new Set(['Startable']),
  loopback: new Set(['LifeCycleObserver']),
  nest: new Set(['BeforeApplicationShutdown', 'OnApplicationBootstrap', 'OnApplicationShutdown', 'OnModuleDestroy', 'OnModuleInit']),
};

/** Whether somebody else sees to it that start and stop never run together: a framework, or a base class named in the settings. */
export function isHostSerialised({ node }: ClassFacts, level: Pair['level'], { frameworks, safeBases }: ResolvedSettings): boolean {
  if (level === 'host') return true;
  const base = node.superClass === null ? undefined : lastName(node.superClass);
  if (base !== undefined && safeBases.includes(base)) return true;
  // Plain JavaScript parsers give no `implements`.
  const interfaces = (node.implements as typeof node.implements | undefined) ?? [];
  return interfaces.some(({ expression }) => frameworks.some((framework) => HOSTED[framework].has(lastName(expression) ?? '')));
}
