import { lineOf } from '../../model/line-of.ts';
import { managesItself } from '../../model/manages-itself.ts';
import { kept, listed, notAsked, ofKind, type SilenceReader, unknown } from './silence.ts';

export const requireDrainTimeout: SilenceReader = ({ service, source }) => {
  const { drains, stop } = service;
  if (drains.length === 0) return notAsked(`\`${stop.main.name}()\` was not seen to wait for anything that start began`);
  const open = drains.filter(({ bounded }) => bounded === 'unknown');
  const namesOf = (of: typeof drains): string => listed(of.map(({ name, node }) => `\`${name}\` (line ${String(lineOf(source, node))})`));
  if (open.length > 0) return unknown(`whether anything ends the wait for ${namesOf(open)} cannot be told`);
  return kept(`a deadline ends the wait for ${namesOf(drains)}`);
};

export const requireUnrestartableFlag: SilenceReader = ({ service }) => {
  if (!managesItself(service)) return notAsked(`${ofKind(service)} leaves no work alive`);
  const { refusedAfterTimeout, flag, gap, isOneShot } = service.restart;
  const start = `\`${service.start.main.name}()\``;
  if (isOneShot === 'yes') return kept(`${start} refuses after any stop${flag === undefined ? '' : `, by \`this.${flag}\``}`);
  if (refusedAfterTimeout === 'yes') return kept(`${start} refuses after a stop that timed out${flag === undefined ? '' : `, by \`this.${flag}\``}`);
  if (!service.drains.some(({ deadline }) => deadline !== undefined)) return notAsked('no wait in stop ends by a deadline, so there is no timeout to remember');
  if (gap === undefined) return unknown(`what ${start} does after a stop that timed out cannot be told`);
  return notAsked('a start after a timeout does no harm that is sure');
};

export const noSkippedTeardown: SilenceReader = ({ service, isStrictOnly }) => {
  const { steps } = service.teardown;
  const stop = `\`${service.stop.main.name}()\``;
  if (steps.length === 0) return notAsked(`${stop} has no step that can fail`);
  const skipping = steps.filter(({ skips }) => skips.length > 0);
  const names = listed(skipping.map(({ name }) => `\`${name}\``));
  if (isStrictOnly) return notAsked(`${skipping.length > 0 ? `what ${names} would skip releases nothing, or it seldom throws` : 'a handler says nothing of a failure'}; \`strict\` asks about that too`);
  if (skipping.some(({ isolated }) => isolated === 'no')) return notAsked(`what ${names} would skip releases nothing, or it seldom throws`);
  if (steps.some(({ isolated }) => isolated === 'unknown')) return unknown('whether every step runs although an earlier one fails cannot be told');
  return kept(steps.length === 1 ? `${stop} has one step that can fail, and nothing behind it` : `no step of ${stop} keeps a later one from being run`);
};

export const requireAsyncDispose: SilenceReader = ({ service, isStrictOnly }) => {
  const { hasAsync, reachesStop } = service.dispose;
  const stop = `\`${service.stop.main.name}()\``;
  if (hasAsync === 'yes') return reachesStop === 'yes' ? kept(`\`[Symbol.asyncDispose]\` calls ${stop}`) : unknown(`whether \`[Symbol.asyncDispose]\` comes to ${stop} cannot be told`);
  if (isStrictOnly) return notAsked('it has no `[Symbol.asyncDispose]`; `recommended` asks only that one which is there stops the service');
  if (hasAsync === 'unknown') return unknown('a base class out of sight may have `[Symbol.asyncDispose]`');
  return notAsked(`${ofKind(service)} is not asked for one`);
};
