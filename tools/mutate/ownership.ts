import { keyName } from '../../model/ast/key-name.ts';
import { type Mutation, type Mutator, replace, textOf } from './mutation.ts';

export const dropTheDispose: Mutator = (specimen) =>
  specimen.nodes.flatMap((node): Mutation[] => {
    if (node.type !== 'MethodDefinition' || !/^\[Symbol\.asyncDispose\]/.test(textOf(specimen, node).replace(/^async /, ''))) return [];
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
    if (node.type !== 'VariableDeclaration' || node.kind !== 'await using') return [];
    const start = node.range[0];
    return [{ what: 'nobody stops what is started', rules: ['prefer-await-using'], node, changes: [{ start, end: start + 'await using'.length, text: 'const' }] }];
  });
