import { managesItself } from '../../model/manages-itself.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { FIELD_NAMES } from '../field-role.ts';
import { testInStart } from '../flag/test-in-start.ts';
import { insertField } from '../insert-field.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';

/** What a stop sets that not even SIGKILL could help, and what start does with it. */
export interface LastFlag {
  /** `this.#unrestartable` */
  readonly text: string;
  readonly declared: Change | undefined;
  readonly tested: readonly Change[];
}

/** Undefined where there is no next start, or where it would be refused in any case. */
export function lastFlagOf(service: Service, source: Source): LastFlag | Obstacle | undefined {
  const { facts, node, restart } = service;
  if (!managesItself(service) || restart.isOneShot === 'yes') return undefined;
  const known = restart.flag ?? earlierFlag(service, source);
  if (known !== undefined) {
    const field = facts.fields.get(known);
    const isBoolean = field?.typeAnnotation?.type === 'TSBooleanKeyword' || (field?.init?.type === 'Literal' && field.init.value === false);
    if (!isBoolean) return { node, why: `remembers a timeout in ${known}, which is no plain flag` };
    return { text: `this.${known}`, declared: undefined, tested: [] };
  }
  const naming = memberNamingOf(facts, source);
  const name = freeMemberName(facts, naming, FIELD_NAMES.flag);
  const tested = testInStart(service, source, `this.${name}`);
  if ('why' in tested) return tested;
  return { text: `this.${name}`, declared: insertField(source, node, naming, name, 'false', 'flag'), tested };
}

/** One that an earlier edit has made for another wait. */
function earlierFlag({ facts, start }: Service, { text }: Source): string | undefined {
  const isTested = (name: string): boolean => start.methods.every(({ value }) => text.slice(...value.range).includes(`if (this.${name}) throw`));
  return [...facts.fields.keys()].find((name) => FIELD_NAMES.flag.some((known) => known === name.replace(/^[#_]/, '')) && isTested(name));
}
