import type { Condition, Flow, Step, Value } from '../../model/flow/step.ts';
import { lineOf } from '../../model/line-of.ts';
import { classesOf } from '../../model/read-classes.ts';
import { readFlow } from '../../model/read-flow.ts';
import type { Race, Service } from '../../model/service.ts';
import { factsOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';
import { parse } from './parse.ts';

/** What a method of the first class does, one line for each step. The other lifecycle methods of it are not read in place. */
export function flowIn(text: string, method = 'start', opaque: readonly string[] = ['start', 'stop']): Flow {
  const [facts] = classesOf(parse(text).program);
  const read = facts?.methods.get(method);
  if (facts === undefined || read === undefined) throw new Error(`no method ${method}`);
  return readFlow(facts, read, new Set(opaque));
}

export function stepsIn(text: string, method = 'start'): readonly string[] {
  return flowIn(text, method).steps.map(outlineStep);
}

export function outlineStep(step: Step): string {
  switch (step.kind) {
    case 'test':
      return `test ${step.field} ${outlineCondition(step.when)}${step.exit === 'none' ? '' : `: ${step.exit}`}${step.partial ? ' (in part)' : ''}`;
    case 'write':
      return `write ${step.field}${step.deep ? '.…' : ''} = ${outlineValue(step.value)}`;
    case 'await':
      return `await${step.field === undefined ? '' : ` ${step.field}`}${step.unseen ? ' (unseen)' : ''}`;
    case 'call':
      return outlineCall(step);
    case 'spawn':
      return `spawn ${step.what}${step.field === undefined ? '' : ` in ${step.field}`}`;
    case 'loop':
      return `loop${step.endless ? ' (endless)' : ''}${step.ends.map(({ field, when }) => ` until ${field} ${outlineCondition(when)}`).join('')}`;
  }
}

function outlineCall({ name, on, viaLocal, args, self, waited }: Extract<Step, { kind: 'call' }>): string {
  const callee = self ? `this.${name}` : on === undefined ? name : `${viaLocal ? '~' : ''}${on}.${name}`;
  return `${waited ? 'awaited ' : ''}call ${callee}(${args.join(', ')})`;
}

function outlineCondition(when: Condition): string {
  return 'key' in when ? `${when.is} ${when.key}` : when.is;
}

function outlineValue(value: Value): string {
  return value.kind === 'constant' ? value.key : value.kind;
}

/** Each race of a service in one line: its kind, its field, and the lines of the test, the wait and the effect. */
export function racesIn(text: string): readonly string[] {
  const source = parse(text);
  return factsOf(source).services.flatMap((service) => outlineRaces(service, source));
}

export function outlineRaces({ races }: Service, source: Source): string[] {
  return races.map((race) => outlineRace(race, source));
}

function outlineRace({ kind, field, check, wait, effect }: Race, source: Source): string {
  const lines = [check === undefined ? '-' : lineOf(source, check), lineOf(source, wait), lineOf(source, effect)];
  return `${kind} ${field} ${lines.join('/')}`;
}
