import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';
import { bindingOf } from '../names/binding-of.ts';
import type { SignalFile } from './signal-file.ts';

const WORDS: ReadonlySet<string> = new Set([
  'cleanup',
  'close',
  'deregister',
  'destroy',
  'disconnect',
  'dispose',
  'drain',
  'end',
  'leave',
  'quit',
  'release',
  'rm',
  'shutdown',
  'stop',
  'teardown',
  'terminate',
  'unregister',
  'unsubscribe',
]);

/** Whether a call is named for the end of something: `pool.end()`, `prisma.$disconnect()`, `closeBrowser()`. */
export function isRelease(call: TSESTree.CallExpression): boolean {
  return wordsOf(calleeName(call) ?? '').some((word) => WORDS.has(word));
}

/** Whether what a call begins surely goes on although nobody waits for it: `void pool.end()`, the close of a server of the file. */
export function lastsUnwatched(call: TSESTree.CallExpression, { parents }: SignalFile): boolean {
  if (!isRelease(call)) return false;
  let parent = parents.get(call);
  while (parent !== undefined && unwrap(parent) === call) parent = parents.get(parent);
  if (parent?.type === 'UnaryExpression' && parent.operator === 'void') return true;
  const callee = unwrap(call.callee);
  if (calleeName(call) !== 'close' || callee.type !== 'MemberExpression') return false;
  const object = unwrap(callee.object);
  const init = object.type === 'Identifier' ? bindingOf(object.name, object, parents)?.init : undefined;
  const made = init === undefined ? undefined : unwrap(init);
  return made?.type === 'CallExpression' && /^(?:createSecureServer|createServer|listen)$/.test(calleeName(made) ?? '');
}
