import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../../model/ast/callee-name.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isLoop } from '../../model/ast/is-loop.ts';
import { around, outermost, parentsOf } from '../../model/ast/parents.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Project } from '../../model/project.ts';
import { readReference } from '../../model/references/read-reference.ts';
import type { FunctionNode } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { ProviderCall } from './start-at.ts';

const RESOLVES = new Set(['get', 'getAsync', 'resolve', 'resolveAsync']);

/**
 * Where a container is asked for what a function written into it makes, if nobody else in the project names the token, and if that place is
 * come to once: a container may give the same instance each time, and that must not be started twice.
 */
export function resolvedOnce(project: Project, file: string, source: Source, fn: FunctionNode): ProviderCall | undefined {
  const token = tokenOf(fn, source);
  if (token === undefined || !isOwn(token.container, project, file)) return undefined;
  const mentions = project.files.flatMap((other) => mentionsIn(token.text, other, project)).filter(({ node }) => node !== token.node);
  const [mention, ...others] = mentions;
  if (mention === undefined || others.length > 0) return undefined;
  const call = parentsOf(mention.source.program).get(mention.node);
  if (call?.type !== 'CallExpression' || call.arguments[0] !== mention.node || !RESOLVES.has(calleeName(call) ?? '')) return undefined;
  return isRunOnce(call, mention.file, mention.source, project) ? { project, file: mention.file, source: mention.source, call } : undefined;
}

interface Token {
  readonly node: TSESTree.Node;
  readonly text: string;
  readonly container: TSESTree.Identifier;
}

/** `container.register('bus', async () => …)`, `container.bind('bus').toDynamicValue(async () => …)`. */
function tokenOf(fn: FunctionNode, { program }: Source): Token | undefined {
  const parents = parentsOf(program);
  const given = parents.get(outermost(fn, { parents }));
  const callee = given?.type === 'CallExpression' ? unwrap(given.callee) : undefined;
  if (given?.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return undefined;
  const object = unwrap(callee.object);
  const named = object.type === 'CallExpression' ? object : given;
  const owner = unwrap(named.callee);
  const container = owner.type === 'MemberExpression' ? unwrap(owner.object) : undefined;
  const [node] = named.arguments;
  return container?.type === 'Identifier' && node?.type === 'Literal' && typeof node.value === 'string' ? { node, text: node.value, container } : undefined;
}

/** Whether nobody outside the project can ask the container. */
function isOwn({ range }: TSESTree.Identifier, project: Project, file: string): boolean {
  const declared = project.declarationOf({ file, offset: range[0] });
  return declared !== undefined && project.isPublished(declared) === 'no';
}

interface Mention {
  readonly file: string;
  readonly source: Source;
  readonly node: TSESTree.Node;
}

/** Wherever the token, or a name that a container may take for it, stands; a file that cannot be read counts as one. */
function mentionsIn(token: string, file: string, project: Project): readonly Mention[] {
  const source = project.sourceOf(file);
  const found: Mention[] = [];
  if (source?.text.includes(token) !== true) return found;
  visit(source.program, (node) => {
    const isToken = (node.type === 'Literal' && node.value === token) || (node.type === 'TemplateElement' && node.value.cooked === token);
    const isKey = node.type === 'Property' && !node.computed && node.key.type === 'Identifier' && node.key.name === token;
    if (isToken || isKey) found.push({ file, source, node });
    return undefined;
  });
  return found;
}

/** At the top of a module, or in a function that is called there and nowhere else. */
function isRunOnce(node: TSESTree.Node, file: string, source: Source, project: Project): boolean {
  const parents = parentsOf(source.program);
  for (const at of around(node, { parents })) {
    if (isLoop(at)) return false;
    if (!isFunction(at)) continue;
    if (at.type !== 'FunctionDeclaration' || at.id === null) return false;
    const declared = { file, offset: at.id.range[0] };
    if (project.isPublished(declared) !== 'no') return false;
    const [place, ...others] = project.referencesTo(declared);
    const reference = place?.file === file && others.length === 0 ? readReference(source, place.offset) : undefined;
    return reference?.kind === 'call' && ![...around(reference.node, { parents })].some((outer) => isFunction(outer) || isLoop(outer));
  }
  return true;
}
