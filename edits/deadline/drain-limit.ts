import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassNode, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { FIELD_NAMES } from '../field-role.ts';
import { insertField } from '../insert-field.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change } from '../outcome.ts';

/** The named limit of time for a class's drains. */
export interface DrainLimit {
  /** `Poller.#DRAIN_TIMEOUT_MS`, `this.drainTimeoutMs` */
  readonly text: string;
  /** What declares it, where the class had none. */
  readonly changes: readonly Change[];
}

/** The constant that the class has, else a new one: of the class, or of the instance where the class cannot be named in its methods. */
export function drainLimit({ facts, node }: Pick<Service, 'facts' | 'node'>, source: Source, milliseconds: number): DrainLimit {
  const known = node.body.body.find(isLimit);
  const className = usableName(node);
  if (known !== undefined && (className !== undefined || !known.static))
    return { text: `${known.static ? (className ?? '') : 'this'}.${keyName(known) ?? ''}`, changes: [] };
  const naming = memberNamingOf(facts, source);
  const ofClass = className !== undefined && !naming.inConstructor;
  const role = ofClass ? 'limit of the class' : 'limit';
  const name = freeMemberName(facts, naming, FIELD_NAMES[role]);
  const change = insertField(source, node, naming, name, grouped(milliseconds), role);
  return { text: `${ofClass ? className : 'this'}.${name}`, changes: [change] };
}

/** A constant that an earlier edit made, or somebody who thought alike. */
function isLimit(member: TSESTree.ClassElement): member is TSESTree.PropertyDefinitionNonComputedName {
  if (member.type !== 'PropertyDefinition' || member.computed || member.value?.type !== 'Literal' || typeof member.value.value !== 'number') return false;
  const plain = keyName(member)?.replace(/^[#_]/, '');
  return [...FIELD_NAMES['limit of the class'], ...FIELD_NAMES.limit].some((name) => name === plain);
}

/** A decorator may put another class in the place of this one, without its private members. */
function usableName(node: ClassNode): string | undefined {
  const name = node.id?.name;
  // Espree knows no decorators.
  const isDecorated = 'decorators' in node && node.decorators.length > 0;
  return name === undefined || isDecorated || someBelow(node.body, (inner) => declares(inner, name)) ? undefined : name;
}

function declares(node: TSESTree.Node, name: string): boolean {
  const patterns = node.type === 'VariableDeclarator' ? [node.id] : isFunction(node) ? node.params : [];
  return patterns.flatMap(boundNames).includes(name);
}

/** `10_000` */
export function grouped(milliseconds: number): string {
  return milliseconds < 10_000 ? String(milliseconds) : String(milliseconds).replace(/\B(?=(?:\d{3})+$)/g, '_');
}
