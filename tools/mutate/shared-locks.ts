import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { holdsIn } from './locks.ts';
import { classOf, isOfStart, isOfStop, memberAround, type Mutation, type Mutator, replace, type Specimen, textOf } from './mutation.ts';

const SHARED = 'no-shared-lifecycle-lock';

/** Another lock of the class serves something else; now the lifecycle lock does that too. */
export const shareTheLock: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'CallExpression' || calleeName(node) !== 'runExclusive' || node.callee.type !== 'MemberExpression') return [];
    const lock = node.callee.object;
    const isHot = !isOfStart(memberAround(node, specimen)) && !isOfStop(memberAround(node, specimen));
    const own = holdsIn(specimen)[0]?.call.callee;
    if (!isHot || own?.type !== 'MemberExpression' || textOf(specimen, own.object) === textOf(specimen, lock)) return [];
    return [{ what: 'a hot path takes the lifecycle lock', rules: [SHARED], node, changes: [replace(lock, textOf(specimen, own.object))] }];
  });

interface LockField {
  readonly name: string;
  readonly definition: TSESTree.PropertyDefinition;
  readonly holder: TSESTree.ClassDeclaration;
  /** `this.#lock`, wherever the class takes it. */
  readonly uses: readonly TSESTree.Node[];
}

/** The fields that the lifecycle locks of classes with a name are made in. */
function lockFields(specimen: Specimen): readonly LockField[] {
  return specimen.nodes.flatMap((definition): LockField[] => {
    const body = specimen.parents.get(definition);
    const holder = body === undefined ? undefined : specimen.parents.get(body);
    if (definition.type !== 'PropertyDefinition' || definition.static || definition.value?.type !== 'NewExpression' || holder?.type !== 'ClassDeclaration' || holder.id === null) return [];
    const name = `${definition.key.type === 'PrivateIdentifier' ? '#' : ''}${textOf(specimen, definition.key).replace('#', '')}`;
    const isHeld = holdsIn(specimen).some(({ call }) => call.callee.type === 'MemberExpression' && thisMember(call.callee.object) === name && classOf(call, specimen) === body);
    const uses = specimen.nodes.filter((node) => thisMember(node) === name && classOf(node, specimen) === body);
    return isHeld ? [{ name, definition, holder, uses }] : [];
  });
}

/** Every instance waits for every other. */
export const makeTheLockStatic: Mutator = (specimen) =>
  lockFields(specimen).map(({ definition, holder, name, uses }): Mutation => {
    const at = definition.range[0] + (/^(?:private|protected|public) /.exec(textOf(specimen, definition))?.[0].length ?? 0);
    return { what: 'the lock is static', rules: [SHARED], node: definition, changes: [{ start: at, end: at, text: 'static ' }, ...uses.map((use) => replace(use, `${holder.id?.name ?? ''}.${name}`))] };
  });

export const makeTheLockGlobal: Mutator = (specimen) =>
  lockFields(specimen).map(({ definition, holder, uses }): Mutation => {
    const outer = specimen.parents.get(holder);
    const at = outer?.type === 'ExportNamedDeclaration' || outer?.type === 'ExportDefaultDeclaration' ? outer.range[0] : holder.range[0];
    const made = definition.value === null ? '' : textOf(specimen, definition.value);
    return { what: 'the lock is one for the whole module', rules: [SHARED], node: definition, changes: [{ start: at, end: at, text: `const lockOfAll = ${made};\n\n` }, replace(definition, ''), ...uses.map((use) => replace(use, 'lockOfAll'))] };
  });

/** Each call waits for a lock of its own, which nobody else has. */
export const makeTheLockAnew: Mutator = (specimen) =>
  lockFields(specimen).flatMap(({ definition, uses }): Mutation[] => {
    const bodies = new Set(uses.flatMap((use) => memberBody(use, specimen) ?? []));
    if (definition.value === null || bodies.size === 0) return [];
    const made = `\nconst lockOfThis = ${textOf(specimen, definition.value)};`;
    const begins = Array.from(bodies, ({ range }) => ({ start: range[0] + 1, end: range[0] + 1, text: made }));
    return [{ what: 'the lock is made inside the method', rules: [SHARED, 'require-lifecycle-lock', 'no-partial-lifecycle-lock'], node: definition, changes: [replace(definition, ''), ...begins, ...uses.map((use) => replace(use, 'lockOfThis'))] }];
  });

function memberBody(node: TSESTree.Node, { parents }: Specimen): TSESTree.BlockStatement | undefined {
  let at: TSESTree.Node | undefined = node;
  while (at !== undefined && at.type !== 'MethodDefinition') at = parents.get(at);
  return at?.value.body ?? undefined;
}
