import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { wordsOf } from '../ast/words-of.ts';

const VERBS: ReadonlySet<string> = new Set([
  'cleanup',
  'close',
  'destroy',
  'disconnect',
  'dispose',
  'end',
  'kill',
  'quit',
  'shut',
  'shutdown',
  'stop',
  'tear',
  'teardown',
  'terminate',
]);

/** What is only memory, whoever frees it and whenever: a texture, a port, a pointer into WebAssembly, a span of a trace. */
const MEMORY =
  /^(?:bitmap|blob|buffer|cache|frame|geometry|handle|image|instance|material|memory|mesh|module|pointer|port|ptr|ref|signal|sound|span|sprite|texture|url|wasm|watcher)s?\d*$/;

/** Whether a call is named for the stop of something: `pool.end()`, `closeBrowser()`, `prisma.$disconnect()`. */
export function isStopCall(node: TSESTree.Node): node is TSESTree.CallExpression {
  return node.type === 'CallExpression' && isStopName(calleeName(node) ?? '');
}

export function isStopName(name: string): boolean {
  return /^\[Symbol\.(?:asyncDispose|dispose)\]$/.test(name) || VERBS.has(wordsOf(name)[0] ?? '');
}

/** Whether what a call is made on is only memory, as far as its name tells. */
export function freesMemory({ callee }: TSESTree.CallExpression): boolean {
  const inner = unwrap(callee);
  if (inner.type === 'Identifier') return wordsOf(inner.name).slice(1).some((word) => MEMORY.test(word));
  if (inner.type !== 'MemberExpression') return false;
  const object = unwrap(inner.object);
  const name = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' && object.property.type === 'Identifier' ? object.property.name : '';
  return wordsOf(name).some((word) => MEMORY.test(word));
}
