import { calleeText } from '../../model/ast/callee-text.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { StartupFacts } from '../../model/service.ts';
import { parse } from './parse.ts';

/** What a failed start of the only service in a text leaves. */
export function startupOf(code: string): StartupFacts {
  const [service, other] = servicesOf(parse(code));
  if (service === undefined || other !== undefined) throw new Error('not one service');
  return service.startup;
}

/** The same in lines: `acquires a, b`, `c fails: a (lost), b`, `flag stays set when c fails`, `rolled back`. */
export function startupIn(code: string): string[] {
  const { acquired, gaps, leftSet, rolledBack } = startupOf(code);
  return [
    `acquires ${acquired.map(({ name, isSure }) => `${name}${isSure ? '' : '?'}`).join(', ') || 'nothing'}`,
    ...gaps.map(({ fails, left, hazards }) => {
      const of = left.map((one) => [one.name, ...hazards.flatMap((hazard) => (hazard.of === one ? [`(${hazard.kind})`] : []))].join(' '));
      return `${calleeText(fails)} fails: ${of.join(', ')}`;
    }),
    ...(leftSet === undefined ? [] : [`${leftSet.field} stays set when ${calleeText(leftSet.fails)} fails`]),
    ...(rolledBack === 'yes' ? ['rolled back'] : []),
  ];
}

/** A service with these bodies of start and stop, and these other members. */
export function hub(start: string, stop: string, more = ''): string {
  return `class Hub { ${more}\n  async start() { ${start} }\n  async stop() { ${stop} }\n}`;
}
