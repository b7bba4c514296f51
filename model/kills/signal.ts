import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import type { FileCode } from './file-code.ts';

const NUMBERS: Readonly<Record<number, string>> = { 0: '0', 1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 6: 'SIGABRT', 9: 'SIGKILL', 15: 'SIGTERM' };
const ENDS = new Set(['SIGABRT', 'SIGINT', 'SIGKILL', 'SIGQUIT', 'SIGTERM']);

/** The signal that an argument names: `SIGTERM` where there is none; undefined where it cannot be told. */
export function signalOf(node: TSESTree.Node | undefined, code: FileCode): string | undefined {
  if (node === undefined) return 'SIGTERM';
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value === 'number' ? NUMBERS[inner.value] : typeof inner.value === 'string' ? inner.value : undefined;
  if (inner.type !== 'Identifier') return undefined;
  if (inner.name === 'undefined') return 'SIGTERM';
  const binding = code.names.get(inner);
  return binding?.kind === 'const' && binding.init?.type === 'Literal' ? signalOf(binding.init, code) : undefined;
}

/** Whether a signal is sent to end a process, as far as its name tells; not one for reloading, pausing or asking whether it lives. */
export function endsProcess(signal: string | undefined): boolean {
  return signal === undefined || ENDS.has(signal);
}
