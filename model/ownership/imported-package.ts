import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { bindingOf } from '../names/binding-of.ts';
import type { SignalFile } from '../signals/signal-file.ts';
import { importedFrom } from './is-process.ts';

/** Packages whose names could not be those of a folder or of a workspace; an alias (`@app/…`, `src/…`) is the project's own code. */
const PACKAGE = /^(?:node:[\w/]+|[a-z][\w.-]*)$/;
const OWN = /^(?:api|app|apps|common|config|core|lib|libs|packages|shared|src|utils)$/;

/** The npm package, or module of Node, that what makes something is imported from: `redis` for `createClient()`. */
export function importedPackage(made: TSESTree.CallExpression | TSESTree.NewExpression, file: SignalFile, depth = 0): string | undefined {
  let root = unwrap(made.callee);
  while (root.type === 'MemberExpression' || root.type === 'CallExpression' || root.type === 'NewExpression') root = unwrap(root.type === 'MemberExpression' ? root.object : root.callee);
  if (root.type !== 'Identifier') return undefined;
  const binding = bindingOf(root.name, root, file.parents);
  if (binding === undefined) return undefined;
  if (binding.kind === 'import') return packageName(importedFrom(binding.node, file));
  const init = binding.init === undefined ? undefined : unwrap(binding.init);
  if (init?.type !== 'CallExpression' && init?.type !== 'NewExpression') return undefined;
  const [name] = init.arguments;
  if (calleeName(init) === 'require') return name?.type === 'Literal' ? packageName(String(name.value)) : undefined;
  return depth < 2 ? importedPackage(init, file, depth + 1) : undefined;
}

function packageName(source: string | undefined): string | undefined {
  return source !== undefined && PACKAGE.test(source) && !OWN.test(source) ? source : undefined;
}
