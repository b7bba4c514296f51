import { calleeName } from './ast/callee-name.ts';
import { contains } from './ast/contains.ts';
import { unwrap } from './ast/unwrap.ts';
import { importedPackage } from './ownership/imported-package.ts';
import { pairedStop } from './ownership/known-stop.ts';
import { hasHook, hasStops, isTold } from './ownership/is-told.ts';
import { providerFunctionsIn, type ProviderFunction } from './ownership/provider-functions.ts';
import { startedLocalsIn, type StartedLocal } from './ownership/started-local.ts';
import type { StartedProvider } from './ownership/started-provider.ts';
import type { Fact, Service } from './service.ts';
import { servicesOf } from './services-of.ts';
import { DEFAULT_SETTINGS, type ResolvedSettings } from './settings.ts';
import type { SignalFile } from './signals/signal-file.ts';
import { signalFile } from './signals/signal-file.ts';
import type { Source } from './source.ts';

const cache = new WeakMap<Source, Map<ResolvedSettings, readonly StartedProvider[]>>();

/** What providers and factories of a file hand out already started, in the order of the text. Read once for each source and settings object, and frozen. */
export function startedProvidersOf(source: Source, settings: ResolvedSettings = DEFAULT_SETTINGS): readonly StartedProvider[] {
  const known = cache.get(source)?.get(settings);
  if (known !== undefined) return known;
  const file = signalFile(source.program);
  const services = servicesOf(source, settings);
  const found = providerFunctionsIn(file).flatMap((provider) => startedLocalsIn(provider.fn, file).flatMap((local) => read(provider, local, { source, settings, services, file }) ?? []));
  const inOrder = found.sort((a, b) => a.start.range[0] - b.start.range[0]);
  // `connect()` and then `start()` are one start.
  const frozen = Object.freeze(inOrder.filter(({ declaration }, index) => inOrder.findIndex((other) => other.declaration === declaration) === index));
  const bySettings = cache.get(source) ?? new Map<ResolvedSettings, readonly StartedProvider[]>();
  cache.set(source, bySettings.set(settings, frozen));
  return frozen;
}

/** `createClient()` gives a connected client by design, unless its class shows that the connection has an owner. */
const CONNECTS: ReadonlySet<string> = new Set(['connect', 'open']);

interface Where {
  readonly source: Source;
  readonly settings: ResolvedSettings;
  readonly services: readonly Service[];
  readonly file: SignalFile;
}

function read(provider: ProviderFunction, local: StartedLocal, { source, settings, services, file }: Where): StartedProvider | undefined {
  const { name, declaration, made, start, isAwaited } = local;
  const service = made.type === 'NewExpression' ? services.find((one) => one.name === calleeName(made)) : undefined;
  if (provider.kind === 'factory' && (!isHandedOut(local, file) || (service === undefined && CONNECTS.has(calleeName(start) ?? '')))) return undefined;
  const type = made.type === 'NewExpression' && service === undefined ? source.types?.typeOf(made) : undefined;
  const hasStop = service !== undefined || (type !== undefined && pairedStop(type, calleeName(start) ?? '', settings) !== undefined);
  const isAsync = service === undefined ? (type?.method(calleeName(start) ?? '')?.isAsync ?? 'unknown') : startsAsync(service);
  // What is started at once cannot be left half way.
  if (provider.kind === 'factory' && service === undefined && isAsync === 'no') return undefined;
  const isStopped = isTold(local, file) || (provider.kind === 'container' && (hasStops(file) || (type !== undefined && hasHook(type))));
  const stopped: Fact = isStopped ? 'yes' : hasStop || importedPackage(made, file) !== undefined ? 'no' : 'unknown';
  return Object.freeze({ ...provider, start, isAwaited, isAsync, variable: name, declaration, service, hasStop, stopped });
}

function startsAsync({ start }: Service): Fact {
  return start.methods.some(({ isAsync }) => isAsync) ? 'yes' : 'unknown';
}

/** `return bus;`, and not `return { bus, stop }`, by which the caller is told how to end it. */
function isHandedOut({ uses, start }: StartedLocal, { parents }: SignalFile): boolean {
  return uses.some((use) => {
    let at = parents.get(use);
    while (at !== undefined && (unwrap(at) === use || at.type === 'AwaitExpression')) at = parents.get(at);
    return at?.type === 'ReturnStatement' && start.range[0] < at.range[0] && contains(at, use);
  });
}
