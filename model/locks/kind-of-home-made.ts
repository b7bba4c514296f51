import type { TSESTree } from '@typescript-eslint/utils';
import { wordsOf } from '../ast/words-of.ts';
import type { ClassFacts, Fact } from '../service.ts';
import type { FileNames } from './file-names.ts';
import { type LockKind, NO_LOCK } from './kind.ts';
import { permitsOf } from './lock-permits.ts';
import { ACQUIRE_WORDS, isLockName, RUN_WORDS } from './lock-words.ts';

const VSCODE_QUEUES = new Set(['Sequencer', 'SequencerByKey', 'Limiter', 'Queue']);

/** What a class that no library exports is, by its name and, where it is in the file, by its methods. */
export function kindOfHomeMade(
  name: string,
  own: ClassFacts | undefined,
  from: string | undefined,
  file: FileNames,
  call: TSESTree.CallExpression | TSESTree.NewExpression | undefined,
): LockKind | undefined {
  const isQueue =
    VSCODE_QUEUES.has(name) &&
    (name.startsWith('Sequencer') || own?.methods.has('queue') === true || /(?:^|\/)async(?:\.js)?$/.test(from ?? ''));
  if (!isQueue && !isLockName(name)) return undefined;
  if (own !== undefined && ![...own.methods.keys()].some((method) => RUN_WORDS.has(method) || ACQUIRE_WORDS.has(method))) return NO_LOCK;
  // The word for a call that makes no instance (`this.getLock()`) says nothing of what it returns.
  if (call?.type === 'CallExpression' && /^[a-z]/.test(name) && !/^(?:create|make|new)/.test(name)) return undefined;
  const counts = name === 'Limiter' || wordsOf(name).some((word) => word.startsWith('sema'));
  if (!counts) return homeMade(name, 'yes');
  const permits = permitsOf(call?.arguments, 'argument', file);
  return permits === 'many' ? NO_LOCK : homeMade(name, permits === 'one' ? 'yes' : 'unknown');
}

export function homeMade(from: string, isLock: Fact): LockKind {
  return { isLock, from, library: undefined, isReentrant: false, isLeaky: false };
}
