import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { isFunction } from '../ast/is-function.ts';
import { isLogging } from '../ast/is-logging.ts';
import { memberName } from '../ast/member-name.ts';
import { functionAround } from '../ast/parents.ts';
import { unwrap } from '../ast/unwrap.ts';
import { visit } from '../ast/visit.ts';
import { calledFunction } from './called.ts';
import type { FileCode } from './file-code.ts';
import { importedAs } from './imported.ts';
import { FILES, isFileCall, loadsRecord, readsKernelFile } from './pid-source.ts';
import { pidKillOf } from './pid-kill.ts';

/** Calls that tell nothing of what runs under a pid. */
const BLIND = /^(?:BigInt|Boolean|Number|Promise|String|at|cwd|delay|dirname|exit|isFinite|isInteger|isNaN|isSafeInteger|join|match|max|min|parse|parseFloat|parseInt|pop|push|resolve|setTimeout|shift|sleep|slice|split|stringify|toString|trim|trimEnd|trimStart|unref|wait|write)$/;
const MAX_DEPTH = 3;

/**
 * Whether nothing that stands before a signal in its function can have told what runs under the pid: the file is read and parsed, it is asked
 * whether some process has that number, and that is all.
 */
export function isUnchecked(kill: TSESTree.CallExpression, code: FileCode): boolean {
  const root = functionAround(kill, code)?.body ?? code.program;
  return isBlind(root, kill, code, 0);
}

function isBlind(root: TSESTree.Node, end: TSESTree.Node | undefined, code: FileCode, depth: number): boolean {
  let blind = true;
  visit(root, (node) => {
    if (!blind || (end !== undefined && node.range[0] >= end.range[0])) return 'skip';
    // Functions that are only defined here have not run; those that are called are looked at there.
    if (isFunction(node) && node !== root) return end === undefined || end.range[0] < node.range[0] || node.range[1] < end.range[1] ? 'skip' : undefined;
    if (node.type === 'CallExpression') blind = isBlindCall(node, code, depth);
    else if (node.type === 'NewExpression') blind = /^(?:Promise|.*Error|URL)$/.test(calleeName(node) ?? '');
    else if (node.type === 'BinaryExpression') blind = !comparesIdentity(node);
    return undefined;
  });
  return blind;
}

function isBlindCall(call: TSESTree.CallExpression, code: FileCode, depth: number): boolean {
  if (isLogging(call) || pidKillOf(call, code) !== undefined || loadsRecord(call, code)) return true;
  if (isFileCall(call, code)) return !readsKernelFile(call);
  const fn = calledFunction(call, code);
  if (fn !== undefined) return depth < MAX_DEPTH && isBlind(fn.body, undefined, code, depth + 1);
  const imported = importedAs(call.callee, code);
  if (imported !== undefined) return FILES.test(imported.from) || /^(?:os|path|process|timers|timers\/promises|url)$/.test(imported.from);
  return BLIND.test(calleeName(call) ?? '');
}

/** A comparison with something that is neither a constant nor the own process: another pid, a time, a name. */
function comparesIdentity({ left, operator, right }: TSESTree.BinaryExpression): boolean {
  return /^[!=]==?$/.test(operator) && left.type !== 'PrivateIdentifier' && !isConstant(left) && !isConstant(right);
}

function isConstant(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression') return true;
  if (inner.type === 'Literal') return true;
  if (inner.type === 'Identifier') return inner.name === 'undefined' || inner.name === 'NaN';
  return inner.type === 'MemberExpression' && inner.object.type === 'Identifier' && inner.object.name === 'process' && /^(?:pid|platform|ppid)$/.test(memberName(inner) ?? '');
}
