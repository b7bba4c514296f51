import { calleeName } from '../ast/callee-name.ts';
import { PAIRS } from '../pairs.ts';
import type { Service } from '../service.ts';
import { servicesOf } from '../services-of.ts';
import type { ResolvedSettings } from '../settings.ts';
import { bindingOf } from '../names/binding-of.ts';
import { signalFile } from '../signals/signal-file.ts';
import type { Source } from '../source.ts';
import type { InstanceType } from '../types.ts';
import type { StartedLocal } from './started-local.ts';

const DISPOSE = '[Symbol.asyncDispose]';

export interface KnownStop {
  /** `disconnect`, or `[Symbol.asyncDispose]` where it has no other. */
  readonly name: string;
  readonly isAsyncDisposable: boolean;
}

type Made = Pick<StartedLocal, 'made' | 'start'>;

/** How an instance that is made by `new` has to be stopped after this start, which gives a promise; undefined where that is not known for sure. */
export function knownStopOf({ made, start }: Made, source: Source, settings: ResolvedSettings): KnownStop | undefined {
  const name = calleeName(start);
  if (made.type !== 'NewExpression' || name === undefined) return undefined;
  const service = serviceOf({ made, start }, source, settings);
  if (service !== undefined) return ofService(service, name);
  const type = source.types?.typeOf(made);
  return type === undefined ? undefined : ofType(type, name, settings);
}

/** The service of the file that `new` makes an instance of. */
export function serviceOf({ made }: Made, source: Source, settings: ResolvedSettings): Service | undefined {
  if (made.type !== 'NewExpression' || made.callee.type !== 'Identifier') return undefined;
  const binding = bindingOf(made.callee.name, made.callee, signalFile(source.program).parents);
  return binding?.init === undefined ? undefined : servicesOf(source, settings).find(({ node }) => node === binding.init);
}

function ofService({ dispose, start, stop }: Service, name: string): KnownStop | undefined {
  const isStarted = start.methods.some((method) => method.name === name && method.isAsync);
  return isStarted ? { name: stop.main.name, isAsyncDisposable: dispose.hasAsync === 'yes' && dispose.reachesStop === 'yes' } : undefined;
}

function ofType(type: InstanceType, name: string, settings: ResolvedSettings): KnownStop | undefined {
  if (type.method(name)?.isAsync !== 'yes') return undefined;
  const isAsyncDisposable = type.isAsyncDisposable === 'yes';
  const stop = pairedStop(type, name, settings);
  if (stop === undefined) return isAsyncDisposable ? { name: DISPOSE, isAsyncDisposable } : undefined;
  return { name: stop, isAsyncDisposable };
}

/** The method of a type that undoes a start, by the pairs of names that are always checked. */
export function pairedStop(type: InstanceType, name: string, settings: ResolvedSettings): string | undefined {
  return type.method(name) && stopsAfter(name, settings).find((stop) => type.method(stop) !== undefined);
}

/** The names that surely undo a start, those of the settings first. */
function stopsAfter(name: string, { pairs }: ResolvedSettings): readonly string[] {
  const own = pairs.flatMap(([start, stop]) => (start === name ? [stop] : []));
  return [...own, ...PAIRS.flatMap(({ start, stop, level }) => (level === 'always' && start === name && stop !== DISPOSE ? [stop] : []))];
}
