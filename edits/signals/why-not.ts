import type { TSESTree } from '@typescript-eslint/utils';
import { calleeText } from '../../model/ast/callee-text.ts';
import { contains } from '../../model/ast/contains.ts';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { visit } from '../../model/ast/visit.ts';
import { lineOf } from '../../model/line-of.ts';
import type { FunctionNode } from '../../model/service.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { SignalHandler } from '../../model/signals/signal.ts';
import type { SignalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import { beginsAgain } from './begins-again.ts';
import { isRemoval } from './is-removal.ts';
import { usesOf } from './uses-of.ts';

/** What else would be turned away by a flag in a function: a caller that is no signal, or that waits for a result. */
export function whyNot(fn: FunctionNode, { registrations }: SignalHandler, { parents, program }: SignalFile, source: Source): string | undefined {
  const parent = parents.get(fn);
  if (!returnsNothing(fn, source)) return `line ${lineOf(source, fn)} promises a result, and a second signal would get none`;
  const id = idOf(fn, parent);
  if (id === undefined) return undefined;
  const own = bindingOf(id.name, fn, parents);
  if (isExported(fn, parents)) return `${id.name}() is exported, and may be called elsewhere`;
  let other: TSESTree.Node | undefined;
  visit(program, (node) => {
    const isUse = node.type === 'Identifier' && node.name === id.name && node !== id && bindingOf(node.name, node, parents)?.node === own?.node;
    if (isUse && !isPropertyName(node, parents.get(node)) && !registrations.some((one) => contains(one.node, node)) && !isRemoval(parents.get(node))) other ??= node;
    return undefined;
  });
  return other === undefined ? undefined : `${id.name}() is used at line ${lineOf(source, other)} too, and would be turned away there`;
}

/** What of the handlers themselves would come to a flag that is set already. */
export function whyNotInside(fn: FunctionNode, all: readonly { readonly body: TSESTree.BlockStatement }[], file: SignalFile, source: Source): string | undefined {
  const [use] = all.flatMap(({ body }) => usesOf(fn, body, file));
  if (use !== undefined) return `line ${lineOf(source, use)} calls it behind a flag that is set by then`;
  const start = beginsAgain(fn);
  return start === undefined ? undefined : `it goes on with ${calleeText(start)} at line ${lineOf(source, start)}, and may be meant to run again`;
}

function isExported(fn: FunctionNode, parents: SignalFile['parents']): boolean {
  const parent = parents.get(fn);
  const list = parent?.type === 'VariableDeclarator' ? parents.get(parent) : undefined;
  const outer = list === undefined ? parent : parents.get(list);
  return outer?.type === 'ExportNamedDeclaration' || outer?.type === 'ExportDefaultDeclaration';
}

function idOf(fn: FunctionNode, parent: TSESTree.Node | undefined): TSESTree.Identifier | undefined {
  if (fn.type === 'FunctionDeclaration') return fn.id ?? undefined;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
}

function returnsNothing({ returnType }: FunctionNode, { text }: Source): boolean {
  // oxc says null where others say nothing.
  if (returnType == null) return true;
  return /^:\s*(?:any|unknown|void|Promise<\s*(?:any|unknown|void)\s*>)$/.test(text.slice(...returnType.range));
}
