import type { TSESTree } from '@typescript-eslint/utils';
import type { Guard, Protection } from '../../model/races/protection.ts';
import type { Fact, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';

/**
 * Why a rule says nothing of a service:
 * - `kept`: it has what the rule asks for
 * - `unknown`: it cannot be told from the file
 * - `not asked`: the rule does not ask this of such a service, or not as it is set
 */
export interface Silence {
  readonly outcome: 'kept' | 'not asked' | 'unknown';
  /** One sentence, without a full stop. */
  readonly why: string;
}

export interface Silent {
  readonly service: Service;
  readonly source: Source;
  /** Whether the same rule reports something under `strict`: then only that preset asks for it. */
  readonly isStrictOnly: boolean;
}

export type SilenceReader = (silent: Silent) => Silence;

export function kept(why: string): Silence {
  return { outcome: 'kept', why };
}

export function unknown(why: string): Silence {
  return { outcome: 'unknown', why };
}

export function notAsked(why: string): Silence {
  return { outcome: 'not asked', why };
}

/** Of several facts the least sure. */
export function worstOf(facts: readonly Fact[]): Fact {
  return facts.includes('no') ? 'no' : facts.includes('unknown') ? 'unknown' : 'yes';
}

/** `a`, `a and b`, `a, b and 2 more`. */
export function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  const shown = all.length > 3 ? [...all.slice(0, 2), `${String(all.length - 2)} more`] : all;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `a background service`. */
export function ofKind({ kind }: Pick<Service, 'kind'>): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} service`;
}

/** `` `start()` turns a call away by `this.running` (line 12)``, and what would do alone as well. */
export function describeProtection({ or, ...guard }: Protection, lineOf: (node: TSESTree.Node) => number): string {
  const said = describeGuard(guard, lineOf(guard.node));
  return or === undefined ? said : `${said} or ${describeGuard(or, lineOf(or.node))}, either of which is enough`;
}

function describeGuard({ kind, field, method }: Guard, line: number): string {
  const at = `(line ${String(line)})`;
  const name = field === undefined ? undefined : `\`this.${field}\``;
  switch (kind) {
    case 'lock':
      return `\`${method}()\` holds ${name ?? 'the lock'} ${at}`;
    case 'flag':
      return `\`${method}()\` asks ${name ?? 'a flag'} first ${at}`;
    case 'mark':
      return `\`${method}()\` sets ${name ?? 'a flag'} before it waits ${at}`;
    case 'promise':
      return `\`${method}()\` keeps its promise in ${name ?? 'a field'} before it waits ${at}`;
    case 'join':
      return `\`${method}()\` waits for ${name ?? 'the other side'} ${at}`;
    case 'recheck':
      return `\`${method}()\` asks ${name ?? 'its signal'} again after it has waited ${at}`;
    case 'refusal':
      return `\`${method}()\` throws if ${name ?? 'the state'} is not as it should be ${at}`;
    case 'swap':
      return `\`${method}()\` takes the handle out of ${name ?? 'its field'} before it waits ${at}`;
  }
}
