import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { bindingOf } from '../names/binding-of.ts';
import { isOfProcess } from '../signals/is-exit.ts';
import type { SignalFile } from '../signals/signal-file.ts';

const MODULE = /^(?:node:)?process$/;

/** The method that a call takes from this process: `on` for `process.on(…)`, but not for a child that is called `process`. */
export function methodOfProcess({ callee }: TSESTree.CallExpression, file: SignalFile): string | undefined {
  const method = isOfProcess(callee);
  const inner = unwrap(callee);
  if (method === undefined || inner.type !== 'MemberExpression') return undefined;
  const object = unwrap(inner.object);
  if (object.type !== 'Identifier') return method;
  const binding = bindingOf(object.name, object, file.parents);
  if (binding === undefined) return method;
  if (binding.kind === 'import') return MODULE.test(importedFrom(binding.node, file) ?? '') ? method : undefined;
  const init = binding.init === undefined ? undefined : unwrap(binding.init);
  const [name] = init?.type === 'CallExpression' && calleeName(init) === 'require' ? init.arguments : [];
  return name?.type === 'Literal' && MODULE.test(String(name.value)) ? method : undefined;
}

/** The module that an import specifier names. */
export function importedFrom(specifier: TSESTree.Node, { parents }: SignalFile): string | undefined {
  const declaration = parents.get(specifier);
  return declaration?.type === 'ImportDeclaration' ? declaration.source.value : undefined;
}
