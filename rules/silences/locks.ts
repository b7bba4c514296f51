import { lineOf } from '../../model/line-of.ts';
import { managesItself } from '../../model/manages-itself.ts';
import type { Service } from '../../model/service.ts';
import { describeProtection, kept, listed, notAsked, ofKind, type Silence, type SilenceReader, type Silent, unknown } from './silence.ts';

/** `start()` and `stop()` hold `this.lock`. */
const heldOverBoth = ({ lock }: Service): boolean => lock.lifecycle !== undefined && lock.start === 'yes' && lock.stop === 'yes';

export const requireLifecycleLock: SilenceReader = (silent) => {
  const { service } = silent;
  const { lock } = service;
  if (heldOverBoth(service)) return kept(`both sides hold \`this.${lock.lifecycle?.key ?? ''}\` over their whole bodies`);
  if (!managesItself(service)) return notAsked(`${ofKind(service)} has no state of its own for two calls to spoil`);
  if (lock.lifecycle !== undefined) return notAsked(`there is a lock, \`this.${lock.lifecycle.key}\`; whether it covers enough is for no-partial-lifecycle-lock`);
  if (lock.decorators.length > 0) return unknown('what its lock decorator holds is not in this file');
  if (lock.start !== 'no' && lock.stop !== 'no') return unknown('a base class, or a call that cannot be followed, may hold a lock');
  return noCollision(silent);
};

function noCollision({ service, source, isStrictOnly }: Silent): Silence {
  const { protections, states, start } = service;
  if (!states.isFollowed) return unknown('start or stop is too long, or goes through code that cannot be followed, to tell whether calls collide');
  const how = protections.map((protection) => describeProtection(protection, (node) => lineOf(source, node)));
  const also = isStrictOnly ? '; `strict` asks for a lock all the same' : '';
  if (how.length > 0) return kept(`no two calls collide: ${listed(how)}${also}`);
  if (!start.main.isAsync) return kept(`\`${start.main.name}()\` does not wait, so no other call gets into the middle of it`);
  return kept(`no await of \`${start.main.name}()\` or \`${service.stop.main.name}()\` was seen that lets another call do harm${also}`);
}

export const noPartialLifecycleLock: SilenceReader = ({ service, isStrictOnly }) => {
  const { lock } = service;
  if (lock.lifecycle === undefined) return notAsked('there is no lifecycle lock');
  if (heldOverBoth(service)) return kept(`\`this.${lock.lifecycle.key}\` covers both sides`);
  if (isStrictOnly) return notAsked('no two calls collide through the gap; `strict` asks for a lock without one');
  if (lock.start === 'unknown' || lock.stop === 'unknown') return unknown(`how far \`this.${lock.lifecycle.key}\` covers both sides cannot be told`);
  return notAsked(`${ofKind(service)} needs no lock over the whole of both sides`);
};

export const noSharedLifecycleLock: SilenceReader = ({ service }) => {
  if (service.lock.lifecycle === undefined) return notAsked('there is no lifecycle lock');
  return kept(`nothing but the lifecycle takes \`this.${service.lock.lifecycle.key}\``);
};

export const noLifecycleLockReentry: SilenceReader = ({ service }) => {
  if (service.lock.lifecycle === undefined) return notAsked('there is no lifecycle lock');
  return kept(`nothing under \`this.${service.lock.lifecycle.key}\` was seen to wait for it again`);
};

export const noLockAcrossRunLoop: SilenceReader = ({ service }) => {
  if (service.lock.lifecycle === undefined) return notAsked('there is no lifecycle lock');
  if (service.runsInPlace === 'no') return notAsked(`\`${service.start.main.name}()\` does not run a loop that stop has to end`);
  if (service.runsInPlace === 'unknown') return unknown(`whether \`${service.start.main.name}()\` waits for a loop that only stop ends cannot be told`);
  return kept('the lock is given back before the loop runs');
};
