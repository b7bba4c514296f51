import { lineOf } from '../../model/line-of.ts';
import { managesItself } from '../../model/manages-itself.ts';
import { kept, listed, notAsked, ofKind, type SilenceReader, unknown } from './silence.ts';

export const requireStartupRollback: SilenceReader = ({ service, source, isStrictOnly }) => {
  if (!managesItself(service)) return notAsked(`${ofKind(service)} has nothing of its own to give back`);
  const { acquired, rolledBack } = service.startup;
  const start = `\`${service.start.main.name}()\``;
  if (isStrictOnly) return notAsked(`what a ${start} that fails leaves, a stop still gives back; \`strict\` asks ${start} to do it itself`);
  if (acquired.length === 0) return notAsked(`${start} was not seen to acquire anything that it would have to give back`);
  const names = listed(acquired.map(({ name, node }) => `\`${name}\` (line ${String(lineOf(source, node))})`));
  if (rolledBack === 'unknown') return unknown(`no failure was seen after ${names}, or what it leaves behind cannot be told`);
  return rolledBack === 'yes' ? kept(`where a later step fails, ${names} is given back`) : notAsked(`what is left of ${names} does no harm that is sure`);
};

export const noStartInConstructor: SilenceReader = ({ service, source }) => {
  const { constructorStarts: starts } = service;
  if (starts.length === 0) return kept('its constructor begins nothing');
  const names = listed(starts.map(({ node, text }) => `\`${text}\` (line ${String(lineOf(source, node))})`));
  return notAsked(`what construction begins with ${names} is ended, or does no harm that is sure; \`strict\` asks for a start of its own`);
};

export const noUnlockedTransition: SilenceReader = ({ service, source, isStrictOnly }) => {
  if (!managesItself(service)) return notAsked(`${ofKind(service)} has no state of its own`);
  const { transitions } = service;
  if (transitions.length === 0) return kept('only start and stop change whether it runs');
  const names = listed(transitions.map(({ from, node }) => `${from} (line ${String(lineOf(source, node))})`));
  if (isStrictOnly) return notAsked(`the state is changed by ${names} too, which was not seen to collide with start or stop; \`strict\` asks for a lock over it`);
  if (transitions.some(({ held }) => held === 'unknown')) return unknown(`whether the lock is held in ${names} cannot be told`);
  return transitions.every(({ held }) => held === 'yes') ? kept(`${names}: under the lock`) : kept(`the state is changed by ${names} too, which was not seen to collide with start or stop`);
};
