import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../model/ast/key-name.ts';
import { calleeName } from '../../model/ast/callee-name.ts';
import { parentsOf } from '../../model/ast/parents.ts';
import type { Project } from '../../model/project.ts';
import { readReference } from '../../model/references/read-reference.ts';
import type { FunctionNode } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { ProjectLeftover } from '../project-plan.ts';
import { isReplaced } from './is-replaced.ts';
import type { ProviderCall } from './start-at.ts';

interface Callers {
  readonly calls: readonly ProviderCall[];
  /** Why there may be others. */
  readonly left: readonly ProjectLeftover[];
}

/** Every call of a function in the project. */
export function callersOf(project: Project, file: string, source: Source, fn: FunctionNode): Callers {
  const leave = (why: string): Callers => ({ calls: [], left: [{ file, node: fn, why }] });
  const name = nameOf(fn, source);
  if (name === undefined) return leave('has no name by which its callers could be found');
  const declared = { file, offset: name.range[0] };
  if (project.isPublished(declared) !== 'no') return leave('can be imported from outside the project, by callers that cannot be seen');
  const calls: ProviderCall[] = [];
  const left: ProjectLeftover[] = [];
  for (const { file: other, offset } of project.referencesTo(declared)) {
    const where = project.sourceOf(other);
    const reference = where && readReference(where, offset);
    if (where === undefined || reference === undefined) left.push({ file, node: fn, why: `is named in ${other}, where it cannot be seen what becomes of it` });
    else if (reference.kind === 'call') calls.push({ project, file: other, source: where, call: reference.node });
    else if (!/^(?:declaration|module|type)$/.test(reference.kind)) left.push({ file: other, node: reference.name, why: escapes(reference.name, where) });
  }
  const mocking = project.files.find((other) => isReplaced(source.text.slice(...name.range), file, project.sourceOf(other)?.text ?? ''));
  if (mocking !== undefined) return leave(`is replaced in ${mocking}, by something that may not be fit to be started`);
  return calls.length + left.length > 0 ? { calls, left } : leave('is not called by anybody in the project, so nobody would start what it gives');
}

/** The name of a function that is declared, or kept in a variable as it is written. */
function nameOf(fn: FunctionNode, { program }: Source): TSESTree.Node | undefined {
  if (fn.type === 'FunctionDeclaration') return fn.id ?? undefined;
  const parent = parentsOf(program).get(fn);
  const list = parent && parentsOf(program).get(parent);
  const isFixed = list?.type === 'VariableDeclaration' && list.kind === 'const';
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && isFixed ? parent.id : undefined;
}

function escapes(name: TSESTree.Node, { program }: Source): string {
  const parent = parentsOf(program).get(name);
  const isGiven = parent?.type === 'Property' ? keyName(parent) === 'useFactory' : parent?.type === 'CallExpression' && /^(?:asFunction|register|toDynamicValue)/.test(calleeName(parent) ?? '');
  return isGiven ? BY_CONTAINER : 'is handed on as a value here, to callers that cannot be seen';
}

/** What containers make, they hand to whoever asks for it. */
export const BY_CONTAINER = 'is called by a container here, and nobody can be seen to start what that hands out: move the start to where it is stopped, such as onModuleInit';
