import type { TSESTree } from '@typescript-eslint/utils';
import { isRequired } from '../../model/read-sides.ts';
import type { Construction, Family, Member } from '../../model/references/family.ts';
import type { ConstructorStart, Method, Service } from '../../model/service.ts';
import type { Change } from '../outcome.ts';
import { returnedBy } from '../returned-by.ts';
import { returnsPromise } from '../returns-promise.ts';
import { createCall, createMethod } from './create-method.ts';
import { type ClassEdit, editClass } from './edit-class.ts';
import { type Starting, startSite } from './start-site.ts';
import { tellsOthers } from './tells-others.ts';

export interface Left {
  readonly file: string;
  readonly node: TSESTree.Node;
  readonly why: string;
}

export interface MovedEdit {
  readonly kind: 'edit';
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  readonly added: string;
  /** What whoever constructs it calls now, and whether it has such a method only now. */
  readonly method: string;
  readonly isNew: boolean;
}

/** Everything that has to change with one class, by file; or every reason why it was left. */
export type Moved = MovedEdit | { readonly kind: 'left'; readonly left: readonly Left[] };

export interface Moving {
  readonly service: Service;
  readonly begun: readonly ConstructorStart[];
  readonly family: Family;
  /** Whether the class may be given a static async `create`. */
  readonly factory: boolean;
  /** How many places of the project call a method, by the place of its name. */
  readonly callsOf: (method: Method) => number;
}

/** Moves the start of a class out of its constructor, and starts each of its instances where it is made. If one cannot be started there, all stays as it is. */
export function moveStart({ service, begun, family, factory, callsOf }: Moving): Moved {
  const [first, ...heirs] = family.members;
  if (first === undefined) return { kind: 'left', left: [] };
  const edit = editClass(service, first.source, begun, heirs.map(({ facts }) => facts));
  const own = edit.kind === 'left' ? edit.left.map(({ node, why }): Left => ({ file: first.file, node, why })) : [];
  if (edit.kind === 'left') return { kind: 'left', left: [...own, ...family.gaps] };
  const changes = new Changes();
  changes.add(first.file, edit.changes);
  const left: Left[] = [...family.gaps];
  for (const site of family.constructions) left.push(...startOne(site, { service, edit, first, factory, changes }));
  if (edit.beginsTwice && callsOf(edit.entry) > family.constructions.length) {
    left.push({ file: first.file, node: edit.entry.node, why: `nothing in ${edit.entry.name}() turns a second call away, which would begin again what is moved there; it is called in more places than instances are made in` });
  }
  if (changes.needsCreate) {
    const create = createMethod(first.source, first.facts, edit.entry);
    if ('why' in create) left.push({ file: first.file, ...create });
    else changes.add(first.file, [create]);
  }
  return left.length > 0 ? { kind: 'left', left } : { kind: 'edit', changes: changes.byFile, added: edit.added, method: edit.entry.name, isNew: false };
}

class Changes {
  readonly byFile = new Map<string, readonly Change[]>();
  needsCreate = false;

  add(file: string, changes: readonly Change[]): void {
    this.byFile.set(file, [...(this.byFile.get(file) ?? []), ...changes]);
  }
}

interface Context {
  readonly service: Service;
  readonly edit: ClassEdit;
  readonly first: Member;
  readonly factory: boolean;
  readonly changes: Changes;
}

function startOne(site: Construction, { service, edit, first, factory, changes }: Context): readonly Left[] {
  const { file, made, node, source } = site;
  const method = methodOfMember(made, edit.entry);
  const leave = (why: string): readonly Left[] => [{ file, node, why }];
  if (method.value.params.some(isRequired)) return leave(`${made.facts.name}.${method.name}() needs an argument, which is not there where it is constructed`);
  const outcome = startSite(source, node, startingOf(made, method, service, edit));
  if (outcome.kind === 'started') return [];
  if (outcome.kind === 'edit') {
    changes.add(file, outcome.changes);
    return [];
  }
  if (!outcome.factory) return leave(outcome.why);
  if (!factory) return leave(`${outcome.why} (with --factory it would become \`await ${made.facts.name}.create(…)\`)`);
  const call = made.facts.node === first.facts.node ? createCall(source, node) : undefined;
  if (call === undefined) return leave(`${outcome.why}, and create() could not stand in its place`);
  changes.add(file, [call]);
  changes.needsCreate = true;
  return [];
}

/** The start that an instance of a member has: its own, or that of the nearest class which it extends. */
function methodOfMember(member: Member, entry: Method): Method {
  for (let at: Member | undefined = member; at !== undefined; at = at.base) {
    const own = at.facts.methods.get(entry.name);
    if (own !== undefined) return own;
  }
  return entry;
}

function startingOf({ facts, base }: Member, method: Method, { start }: Service, { entry, wasStarted }: ClassEdit): Starting {
  const forwarders = entry === start.main ? start.forwarders.map(({ name }) => name) : [];
  let tells = tellsOthers(facts);
  for (let at = base; at !== undefined; at = at.base) tells ||= tellsOthers(at.facts);
  return {
    className: facts.name,
    method: entry.name,
    methods: new Set([entry.name, ...forwarders]),
    isSync: !returnsPromise(method) && returnedBy(method.value).length === 0,
    wasStarted,
    tellsOthers: tells,
  };
}
