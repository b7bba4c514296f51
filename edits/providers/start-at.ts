import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isClass } from '../../model/ast/is-class.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { around, functionAround, outermost } from '../../model/ast/parents.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import { usesOf } from '../../model/ownership/started-local.ts';
import type { Project } from '../../model/project.ts';
import { identifierAt } from '../../model/references/identifier-at.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import { type SignalFile, signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { putAfter } from '../startup/put-after.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { isLookedAt } from './is-looked-at.ts';
import type { Unstarted } from './unstart.ts';

/** Where a provider is called. */
export interface ProviderCall {
  readonly project: Project;
  readonly file: string;
  readonly source: Source;
  readonly call: TSESTree.CallExpression;
}

/** Starts what a call of a provider gives, right after it has been kept: `const bus = await createBus();`, `this.#bus = await createBus();`. */
export function startAt(at: ProviderCall, { call: start, method }: Unstarted): Change | Obstacle {
  const { call, source } = at;
  const file = signalFile(source.program);
  const { parents } = file;
  const wait = parents.get(outermost(call, file));
  if (wait?.type !== 'AwaitExpression') return { node: call, why: 'is not waited for here, so what it gives cannot be started here' };
  const kept = keptBy(wait, file);
  const statement = kept && statementOf(kept, file);
  const held = kept?.type === 'VariableDeclarator' ? kept.id : kept?.type === 'AssignmentExpression' && kept.operator === '=' ? kept.left : undefined;
  if (held === undefined || statement === undefined) return { node: call, why: `${passedOn(kept)} here before anything could start it` };
  const obstacle = held.type === 'Identifier' ? localObstacle(held, method, at, file) : fieldObstacle(held, method, at, file);
  if (obstacle !== undefined) return obstacle;
  const line = `await ${source.text.slice(held.range[0], held.type === 'Identifier' ? held.range[0] + held.name.length : held.range[1])}.${start}`;
  return putAfter(source, statement, [line + fileStyleOf(source).semicolon]);
}

/** What keeps a value: at once, or by way of the stack that is going to stop it, as `const bus = stack.use(await createBus())`. */
function keptBy(value: TSESTree.Node, file: SignalFile): TSESTree.Node | undefined {
  const parent = file.parents.get(outermost(value, file));
  if (parent?.type !== 'CallExpression' || calleeName(parent) !== 'use' || parent.arguments.length !== 1) return parent;
  const callee = unwrap(parent.callee);
  const stack = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  const init = stack?.type === 'Identifier' ? bindingOf(stack.name, stack, file.parents)?.init : undefined;
  const isStack = init?.type === 'NewExpression' && calleeName(init) === 'AsyncDisposableStack';
  const kept = isStack ? file.parents.get(outermost(parent, file)) : undefined;
  return kept?.type === 'VariableDeclarator' ? kept : parent;
}

function passedOn(parent: TSESTree.Node | undefined): string {
  switch (parent?.type) {
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      return 'is returned on';
    case 'ExpressionStatement':
      return 'is dropped';
    case 'VariableDeclarator':
    case 'AssignmentExpression':
      return 'is kept in a way that cannot be followed';
    default:
      return 'is passed on';
  }
}

/** The statement that does nothing but keep a value, in a list of statements. */
function statementOf(kept: TSESTree.Node, { parents }: SignalFile): TSESTree.Statement | undefined {
  const parent = parents.get(kept);
  const isOne = parent?.type === 'ExpressionStatement' || (parent?.type === 'VariableDeclaration' && parent.declarations.length === 1 && parent.kind !== 'using');
  const list = isOne ? parents.get(parent) : undefined;
  return isOne && (list?.type === 'BlockStatement' || list?.type === 'Program') ? parent : undefined;
}

function localObstacle(held: TSESTree.Identifier, method: string, { source }: ProviderCall, file: SignalFile): Obstacle | undefined {
  const { parents } = file;
  const binding = bindingOf(held.name, held, parents);
  if (binding?.node.type !== 'VariableDeclarator' || isExported(binding.node, file)) return { node: held, why: `is kept here in ${held.name}, which others see` };
  const uses = usesOf(held.name, binding.node, file).filter((use) => use !== held);
  const returned = uses.find((use) => parents.get(outermost(use, file))?.type === 'ReturnStatement');
  if (returned !== undefined && functionAround(returned, file) === functionAround(held, file)) return { node: returned, why: 'is returned on here by its caller, which would hand it out started again' };
  const isFixed = binding.kind === 'const' || parents.get(held) === binding.node;
  return startedTwice(uses, method, source, file) ?? (isFixed ? undefined : lookedAt(held.name, uses, source, file));
}

function isExported(declarator: TSESTree.VariableDeclarator, { parents }: SignalFile): boolean {
  const list = parents.get(declarator);
  return list !== undefined && parents.get(list)?.type === 'ExportNamedDeclaration';
}

function fieldObstacle(held: TSESTree.Node, method: string, { project, file: path }: ProviderCall, file: SignalFile): Obstacle | undefined {
  const name = thisMember(held);
  const key = name === undefined ? undefined : declaredKey(held, name, file);
  if (name === undefined || key === undefined) return { node: held, why: 'is kept here where others may find it before it is started' };
  for (const place of project.referencesTo({ file: path, offset: key.range[0] })) {
    const other = project.sourceOf(place.file);
    const found = other && identifierAt(other.program, place.offset);
    if (other === undefined || found === undefined) return { node: held, why: `is kept here in this.${name}, which is read where it cannot be seen` };
    const code = signalFile(other.program);
    const member = code.parents.get(found);
    const uses = [member?.type === 'MemberExpression' && member.property === found ? member : found];
    if (uses[0] === held) continue;
    const problem = lookedAt(`this.${name}`, uses, other, code) ?? startedTwice(uses, method, other, code);
    if (problem !== undefined) return { node: held, why: problem.why };
  }
  return undefined;
}

function declaredKey(held: TSESTree.Node, name: string, { parents }: SignalFile): TSESTree.Node | undefined {
  for (const at of around(held, { parents })) {
    if (!isClass(at)) continue;
    for (const member of at.body.body) if (member.type === 'PropertyDefinition' && keyName(member) === name) return member.value === null ? member.key : undefined;
    return undefined;
  }
  return undefined;
}

function lookedAt(name: string, uses: readonly TSESTree.Node[], source: Source, { parents }: SignalFile): Obstacle | undefined {
  const use = uses.find((one) => isLookedAt(one, parents));
  return use && { node: use, why: `is kept by its caller in ${name}, which is taken for started as soon as it is set (line ${String(lineOf(source, use))})` };
}

function startedTwice(uses: readonly TSESTree.Node[], method: string, source: Source, file: SignalFile): Obstacle | undefined {
  const { parents } = file;
  const use = uses.find((one) => {
    const member = parents.get(outermost(one, file));
    const call = member?.type === 'MemberExpression' ? parents.get(outermost(member, file)) : undefined;
    return call?.type === 'CallExpression' && calleeName(call) === method;
  });
  return use && { node: use, why: `is started by its caller too (line ${String(lineOf(source, use))}): it is not clear which of the two starts counts` };
}
