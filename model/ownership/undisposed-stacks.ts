import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { signalFile } from '../signals/signal-file.ts';
import type { Source } from '../source.ts';
import { ownerName } from './owner-name.ts';
import { usesOf } from './started-local.ts';
import { outside } from './use-of-local.ts';

/** A stack in a local that something is put on, and that nobody disposes of, moves or gets. */
interface UndisposedStack {
  readonly variable: string;
  readonly declaration: TSESTree.VariableDeclarator;
  readonly node: TSESTree.NewExpression;
  /** The first call that puts something on it. */
  readonly use: TSESTree.CallExpression;
  readonly isAsync: boolean;
  readonly owner: string;
}

const PUTS = /^(?:adopt|defer|use)$/;

export function undisposedStacksIn(source: Source): readonly UndisposedStack[] {
  const file = signalFile(source.program);
  const found: UndisposedStack[] = [];
  visit(source.program, (node) => {
    const made = node.type === 'VariableDeclarator' && node.init !== null ? unwrap(node.init) : undefined;
    const list = file.parents.get(node);
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || made?.type !== 'NewExpression' || list?.type !== 'VariableDeclaration' || list.kind !== 'const') return undefined;
    const name = calleeName(made) ?? '';
    // What a module keeps lives as long as the process.
    if (!/^(?:Async)?DisposableStack$/.test(name) || made.callee.type !== 'Identifier' || ['Program', 'ExportNamedDeclaration'].includes(file.parents.get(list)?.type ?? '')) return undefined;
    const puts = usesOf(node.id.name, node, file).toSorted((a, b) => a.range[0] - b.range[0]).map((use) => {
      const member = outside(use, file.parents);
      const call = member?.type === 'MemberExpression' && PUTS.test(memberName(member) ?? '') ? outside(member, file.parents) : undefined;
      return call?.type === 'CallExpression' && unwrap(call.callee) === member ? call : undefined;
    });
    const [use] = puts;
    if (use !== undefined && puts.every((put) => put !== undefined)) found.push({ variable: node.id.name, declaration: node, node: made, use, isAsync: name.startsWith('Async'), owner: ownerName(node, file) });
    return undefined;
  });
  return found;
}
