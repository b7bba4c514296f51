import type { TSESTree } from '@typescript-eslint/utils';
import { alwaysExits } from '../../model/ast/always-exits.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { keyName } from '../../model/ast/key-name.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { functionOf, insideOf, type Mutation, type Mutator, replace, type Specimen, statementsAfter, textOf } from './mutation.ts';

export const dropTheDispose: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'MethodDefinition' || !textOf(specimen, node).replace(/^async /, '').startsWith('[Symbol.asyncDispose]')) return [];
    const body = node.value.body;
    if (body == null) return [];
    return [
      { what: 'the dispose is taken out', rules: ['require-async-dispose'], node, changes: [replace(node, ''), ...withoutImplements(specimen)] },
      { what: 'the dispose does nothing', rules: ['require-async-dispose'], node, changes: [replace(body, node.value.async ? '{}' : '{ return Promise.resolve(); }')] },
    ];
  });

function withoutImplements({ source, nodes }: Parameters<Mutator>[0]): Mutation['changes'] {
  return nodes.flatMap((node) => {
    if (node.type !== 'TSClassImplements' || source.text.slice(...node.range) !== 'AsyncDisposable') return [];
    return [replace(node, 'Object')];
  });
}

/** `void this.start();` as the last thing that a constructor does. */
export const startInTheConstructor: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'MethodDefinition' || node.kind !== 'constructor' || node.value.body == null) return [];
    const members = specimen.parents.get(node);
    const start = members?.type === 'ClassBody' ? members.body.find((member) => ['connect', 'listen', 'open', 'start'].includes(keyName(member as never) ?? '')) : undefined;
    if (start?.type !== 'MethodDefinition' || start.value.params.length > 0) return [];
    const at = node.value.body.range[1] - 1;
    return [{ what: 'the constructor starts', rules: ['no-start-in-constructor'], node, changes: [{ start: at, end: at, text: `  void this.${keyName(start) ?? ''}();\n  ` }] }];
  });

/** `await using bus = new Bus();` kept by a const. */
export const neverDispose: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'await using' || textOf(specimen, node).includes('new AsyncDisposableStack(')) return [];
    const start = node.range[0];
    const harmless = isMain(functionOf(node, specimen)) ? 'not asked of `main`: what it keeps for the life of the process ends with that' : undefined;
    return [{ what: 'nobody stops what is started', rules: ['prefer-await-using'], node, changes: [{ start, end: start + 'await using'.length, text: 'const' }], harmless }];
  });

function isMain(fn: TSESTree.Node | undefined): boolean {
  return fn?.type === 'FunctionDeclaration' && fn.id?.name === 'main';
}

/** The stop stands by hand at the end of the block, where only what goes well comes by it. */
export const stopByHand: Mutator = (specimen) =>
  neverDispose(specimen).flatMap(({ node, changes }): Mutation[] => {
    const block = specimen.parents.get(node);
    const name = node.type === 'VariableDeclaration' && node.declarations[0].id.type === 'Identifier' ? node.declarations[0].id.name : undefined;
    if (block?.type !== 'BlockStatement' || name === undefined) return [];
    const at = block.range[1] - 1;
    return [{ what: 'it is stopped by hand, when all went well', rules: ['prefer-await-using'], node, changes: [...changes, { start: at, end: at, text: `  await ${name}.stop();\n` }], harmless: whyNeverSkipped(node, name, specimen) }];
  });

/** `const bus = new Bus(); await bus.start(); await shutdown; await bus.stop();` */
function whyNeverSkipped(declaration: TSESTree.Node, name: string, specimen: Specimen): string | undefined {
  const after = statementsAfter(declaration, specimen);
  const start = after.findIndex((statement) => textOf(specimen, statement).startsWith(`await ${name}.`));
  const leaves = (node: TSESTree.Node): boolean => {
    if (node.type === 'AwaitExpression') return node.argument.type !== 'Identifier';
    return node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || (node.type === 'VariableDeclaration' && node.kind === 'await using');
  };
  const isSure = start !== -1 && after.slice(start + 1).every((statement) => !someBelow(statement, leaves, isFunction));
  return isSure ? 'between the start and the stop nothing is awaited but the signal that ends `main`' : undefined;
}

/** `try { … } finally { await probe.disconnect(); }` without the `finally`. */
export const stopOnlyWhenWell: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'TryStatement' || node.finalizer === null || node.handler !== null || alwaysExits(node.block) !== 'none') return [];
    const [stop, ...more] = node.finalizer.body;
    const name = stop === undefined ? undefined : /^await (\w+)\.(?:close|disconnect|shutdown|stop)\(\);$/.exec(textOf(specimen, stop))?.[1];
    if (name === undefined || more.length > 0) return [];
    return [{ what: 'it is stopped after the `try`, and no longer in its `finally`', rules: ['prefer-await-using'], node, changes: [replace(node, `${insideOf(specimen, node.block)}${insideOf(specimen, node.finalizer)}`)] }];
  });

/** The garbage collector is to stop what nobody stops, in the place of a dispose. */
export const stopByFinalizer: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'MethodDefinition' || !/^(?:async )?\[Symbol\.asyncDispose\]/.test(textOf(specimen, node))) return [];
    const stop = /this\.(\w+)\(\)/.exec(textOf(specimen, node))?.[1];
    if (stop === undefined) return [];
    const text = `static readonly ended = new FinalizationRegistry<{ ${stop}(): Promise<void> }>((held) => void held.${stop}());`;
    return [{ what: 'a finalizer is to stop it', rules: ['no-finalizer-stop'], node, changes: [replace(node, text), ...withoutImplements(specimen)] }];
  });
