import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member-name.ts';
import { unwrap } from './unwrap.ts';
import { wordsOf } from './words-of.ts';

const VERBS = new Set([
  'child',
  'debug',
  'error',
  'fatal',
  'info',
  'log',
  'notice',
  'silly',
  'success',
  'trace',
  'verbose',
  'warn',
  'warning',
]);
const LOGGERS = new Set(['console', 'debug', 'log', 'logger', 'logging', 'trace', 'tracer']);

/** Whether a call only logs: `this.logger.info(…)`, `console.log(…)`, `this.log(…)`, `debug(…)`. */
export function isLogging(node: TSESTree.Node): boolean {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return false;
  const receivers: string[] = [];
  for (let at = unwrap(call.callee); ; at = unwrap(at.object)) {
    if (at.type === 'Identifier') receivers.push(at.name);
    if (at.type === 'CallExpression') return isLogging(at);
    if (at.type !== 'MemberExpression') break;
    receivers.push(memberName(at) ?? '');
  }
  const [called = ''] = receivers;
  // `this.log(…)` and `debug(…)` log by themselves; of `this.changeLog.append(…)` the name alone says nothing.
  const isNamed = receivers.some((name) => LOGGERS.has(wordsOf(name).at(-1) ?? ''));
  return isNamed && (VERBS.has(called) || receivers.length === 1 || receivers.includes('console'));
}
