import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../model/ast/callee-name.ts';
import { someBelow } from '../model/ast/some-below.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { ClassFacts, Method, MethodValue } from '../model/service.ts';
import { returnedBy } from './returned-by.ts';
import { returnsPromise } from './returns-promise.ts';

export interface DisposeShape {
  readonly isAsync: boolean;
  readonly result: 'nothing' | 'promise of nothing' | 'something';
}

/** What stop returns decides how dispose, which must promise nothing, hands it on. */
export function disposeShape(facts: ClassFacts, main: Method, isTypeScript: boolean): DisposeShape {
  const declared = main.value.returnType?.typeAnnotation;
  if (declared === undefined) {
    const isPlain = main.isAsync && returnsNothing(facts, main);
    if (isPlain || (!isTypeScript && returnsPromise(main))) return { isAsync: false, result: 'promise of nothing' };
    return { isAsync: true, result: 'something' };
  }
  if (declared.type === 'TSVoidKeyword') return { isAsync: false, result: 'nothing' };
  const [argument, ...more] = declared.type === 'TSTypeReference' ? (declared.typeArguments?.params ?? []) : [];
  const isPromise = declared.type === 'TSTypeReference' && declared.typeName.type === 'Identifier' && declared.typeName.name === 'Promise';
  const isVoid = isPromise && argument?.type === 'TSVoidKeyword' && more.length === 0;
  return isVoid ? { isAsync: false, result: 'promise of nothing' } : { isAsync: true, result: 'something' };
}

/** Also where all that it returns is what its locked half returns, or the body that moved into the callback of the lock. */
function returnsNothing(facts: ClassFacts, method: Pick<Method, 'value'>): boolean {
  const [first, ...more] = returnedBy(method.value);
  if (first === undefined) return true;
  if (more.length > 0) return false;
  const half = [...facts.methods.values()].find(({ name }) => name.includes('Locked') && someBelow(first, (node) => thisMember(node) === name));
  if (half !== undefined) return half !== method && returnsNothing(facts, half);
  const held = heldBody(first);
  return held !== undefined && returnsNothing(facts, { value: held });
}

/** The function in `this.lock.runExclusive(async () => { … })`, whose value is that of the call. */
function heldBody(node: TSESTree.Node): MethodValue | undefined {
  if (node.type !== 'CallExpression' || !/^(?:acquire|runExclusive)$/.test(calleeName(node) ?? '')) return undefined;
  const callee = unwrap(node.callee);
  const callback = node.arguments.at(-1);
  if (callee.type !== 'MemberExpression' || thisMember(callee.object) === undefined) return undefined;
  return callback?.type === 'ArrowFunctionExpression' && callback.body.type === 'BlockStatement' ? callback : undefined;
}

/** The statements of dispose, without their semicolons. */
export function disposeBody(facts: ClassFacts, main: Method, isTypeScript: boolean): readonly string[] {
  const call = main.name.startsWith('[') ? `this${main.name}()` : `this.${main.name}()`;
  switch (disposeShape(facts, main, isTypeScript).result) {
    case 'nothing':
      return [call, 'return Promise.resolve()'];
    case 'promise of nothing':
      return [`return ${call}`];
    case 'something':
      return [`await ${call}`];
  }
}
