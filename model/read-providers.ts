import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from './ast/callee-name.ts';
import { contains } from './ast/contains.ts';
import { unwrap } from './ast/unwrap.ts';
import { importedPackage } from './ownership/imported-package.ts';
import { hasStops, isTold } from './ownership/is-told.ts';
import { providerFunctionsIn, type ProviderFunction } from './ownership/provider-functions.ts';
import { startedLocalsIn, type StartedLocal } from './ownership/started-local.ts';
import type { StartedProvider } from './ownership/started-provider.ts';
import type { Fact, Service } from './service.ts';
import type { SignalFile } from './signals/signal-file.ts';
import { signalFile } from './signals/signal-file.ts';

const cache = new WeakMap<TSESTree.Program, Map<readonly Service[], readonly StartedProvider[]>>();

/** What providers and factories of a file hand out already started, in the order of the text. Read once for each program, and frozen. */
export function startedProvidersOf(program: TSESTree.Program, services: readonly Service[]): readonly StartedProvider[] {
  const known = cache.get(program)?.get(services);
  if (known !== undefined) return known;
  const file = signalFile(program);
  const found = providerFunctionsIn(file).flatMap((provider) => startedLocalsIn(provider.fn, file).flatMap((local) => read(provider, local, services, file) ?? []));
  const inOrder = found.sort((a, b) => a.start.range[0] - b.start.range[0]);
  // `connect()` and then `start()` are one start.
  const frozen = Object.freeze(inOrder.filter(({ declaration }, index) => inOrder.findIndex((other) => other.declaration === declaration) === index));
  const bySettings = cache.get(program) ?? new Map<readonly Service[], readonly StartedProvider[]>();
  cache.set(program, bySettings.set(services, frozen));
  return frozen;
}

/** `createClient()` gives a connected client by design, unless its class shows that the connection has an owner. */
const CONNECTS: ReadonlySet<string> = new Set(['connect', 'open']);

function read(provider: ProviderFunction, local: StartedLocal, services: readonly Service[], file: SignalFile): StartedProvider | undefined {
  const { name, declaration, made, start, isAwaited } = local;
  const service = made.type === 'NewExpression' ? services.find((one) => one.name === calleeName(made)) : undefined;
  if (provider.kind === 'factory' && (!isHandedOut(local, file) || (service === undefined && CONNECTS.has(calleeName(start) ?? '')))) return undefined;
  const isKnown = service !== undefined || importedPackage(made, file) !== undefined;
  const isStopped = isTold(local, file) || (provider.kind === 'container' && hasStops(file));
  const stopped: Fact = isStopped ? 'yes' : isKnown ? 'no' : 'unknown';
  return Object.freeze({ ...provider, start, isAwaited, variable: name, declaration, service, stopped });
}

/** `return bus;`, and not `return { bus, stop }`, by which the caller is told how to end it. */
function isHandedOut({ uses, start }: StartedLocal, { parents }: SignalFile): boolean {
  return uses.some((use) => {
    let at = parents.get(use);
    while (at !== undefined && (unwrap(at) === use || at.type === 'AwaitExpression')) at = parents.get(at);
    return at?.type === 'ReturnStatement' && start.range[0] < at.range[0] && contains(at, use);
  });
}
