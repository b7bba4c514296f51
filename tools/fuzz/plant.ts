import type { TSESTree } from '@typescript-eslint/utils';
import { UnparsableError } from '../../codemods/codemod.ts';
import { parse } from '../../codemods/parse.ts';
import { visit } from '../../model/ast/visit.ts';
import type { Source } from '../../model/source.ts';

/**
 * Tests of a parser hold no services. Here their statements become the bodies of start and stop, and the first two methods of each of their
 * classes are called so. Undefined for a text that does not parse.
 */
export function tryPlant(fileName: string, text: string): readonly string[] | undefined {
  try {
    const source = parse(fileName, text);
    return [inBodies(source), withSides(source)].filter((planted) => planted !== text);
  } catch (error) {
    if (error instanceof UnparsableError) return undefined;
    throw error;
  }
}

function inBodies({ program, text }: Source): string {
  const [outside, inside] = [true, false].map((isOutside) =>
    program.body.filter(({ type }) => /^(?:Import|Export)|^TS(?:ImportEquals|ExportAssignment|NamespaceExport)/.test(type) === isOutside).map(({ range }) => text.slice(...range)).join('\n'),
  );
  return `${outside ?? ''}
class Planted {
  async start() {
    if (this.running) return;
    await connect();
${inside ?? ''}
    this.running = true;
  }
  async stop() {
    this.running = false;
${inside ?? ''}
    await this.server.close();
  }
}
`;
}

function withSides({ program, text }: Source): string {
  const keys: { readonly range: TSESTree.Range; readonly name: string }[] = [];
  visit(program, (node) => {
    if (node.type !== 'ClassBody') return undefined;
    const methods = node.body.filter((member) => member.type === 'MethodDefinition' && member.kind === 'method' && !member.computed && !member.static);
    for (const [index, name] of ['start', 'stop'].entries()) {
      const method = methods[index];
      if (methods.length > 1 && method?.type === 'MethodDefinition') keys.push({ range: method.key.range, name });
    }
    return undefined;
  });
  const sorted = keys.toSorted((one, other) => other.range[0] - one.range[0]);
  return sorted.reduce((renamed, { range: [start, end], name }) => renamed.slice(0, start) + name + renamed.slice(end), text);
}
