import type { TSESTree } from '@typescript-eslint/utils';
import { keyName } from '../../model/ast/key-name.ts';
import { classOf, functionOf, type Specimen, textOf } from './mutation.ts';

/** Whether SIGKILL is sent before a node in its function, or by a method that its `try` calls: `try { await this.#end(child); } catch …`. */
export function isKilledFirst(node: TSESTree.Node, specimen: Specimen): boolean {
  const around = functionOf(node, specimen);
  if (around === undefined) return false;
  const before = specimen.source.text.slice(around.range[0], node.range[0]);
  return /['"]SIGKILL['"]/.test(before) || ownCalls(before).some((name) => /['"]SIGKILL['"]/.test(methodText(name, node, specimen)));
}

function ownCalls(text: string): readonly string[] {
  return [...text.matchAll(/this\.(#?\w+)\(/g)].flatMap(([, name]) => name ?? []);
}

function methodText(name: string, node: TSESTree.Node, specimen: Specimen): string {
  const body = classOf(node, specimen);
  const method = body?.type === 'ClassBody' ? body.body.find((member) => member.type === 'MethodDefinition' && keyName(member) === name) : undefined;
  return method === undefined ? '' : textOf(specimen, method);
}
