import type { TSESTree } from '@typescript-eslint/utils';
import { childNodes } from '../../model/ast/children.ts';
import type { Source } from '../../model/source.ts';

export interface FileStyle {
  readonly quote: '"' | "'";
  readonly semicolon: '' | ';';
  /** What stands inside the braces of an import: `{ a }` or `{a}`. */
  readonly padding: '' | ' ';
  readonly isTypeScript: boolean;
  /** Unknown where nothing in a `.js` file tells, nor its package. */
  readonly module: 'commonjs' | 'esm' | 'unknown';
}

interface Counts {
  single: number;
  double: number;
  ended: number;
  open: number;
  required: number;
}

const ENDED = new Set([
  'ExpressionStatement',
  'ImportDeclaration',
  'PropertyDefinition',
  'ReturnStatement',
  'ThrowStatement',
  'VariableDeclaration',
]);

const cache = new WeakMap<TSESTree.Program, FileStyle>();

/** How a file is written, told by the majority of what is in it. */
export function fileStyleOf(source: Source): FileStyle {
  const known = cache.get(source.program);
  if (known !== undefined) return known;
  const counts: Counts = { single: 0, double: 0, ended: 0, open: 0, required: 0 };
  count(source.program, source.text, counts);
  const style: FileStyle = Object.freeze({
    quote: counts.double > counts.single ? '"' : "'",
    semicolon: counts.open > counts.ended ? '' : ';',
    padding: paddingOf(source),
    isTypeScript: /\.[cm]?tsx?$/.test(source.fileName),
    module: moduleOf(source, counts.required),
  });
  cache.set(source.program, style);
  return style;
}

function paddingOf({ program, text }: Source): FileStyle['padding'] {
  const lists = program.body.flatMap((statement) => {
    const first = statement.type === 'ImportDeclaration' ? statement.specifiers.find(({ type }) => type === 'ImportSpecifier') : undefined;
    if (first !== undefined) return [text[first.range[0] - 1]];
    const id = statement.type === 'VariableDeclaration' ? statement.declarations[0].id : undefined;
    return id?.type === 'ObjectPattern' && id.properties.length > 0 ? [text[(id.properties[0]?.range[0] ?? 0) - 1]] : [];
  });
  const tight = lists.filter((before) => before === '{').length;
  return tight * 2 > lists.length ? '' : ' ';
}

function count(node: TSESTree.Node, text: string, counts: Counts): void {
  if (node.type === 'JSXAttribute') return;
  if (node.type === 'Literal' && typeof node.value === 'string') {
    if (node.raw.startsWith('"')) counts.double++;
    else counts.single++;
  }
  if (ENDED.has(node.type) && !needsSemicolon(node, text)) counts[text[node.range[1] - 1] === ';' ? 'ended' : 'open']++;
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') counts.required++;
  for (const child of childNodes(node)) {
    const isHead = child.type === 'VariableDeclaration' && node.type.startsWith('For');
    if (!isHead) count(child, text, counts);
  }
}

/** The semicolon of a field that would else run on into the next member says nothing about the file. */
function needsSemicolon({ type, range: [, end] }: TSESTree.Node, text: string): boolean {
  return type === 'PropertyDefinition' && text[end - 1] === ';' && /^(?:\s*[(*[]|[\t ]*[^\s/}])/.test(text.slice(end));
}

function moduleOf({ fileName, format, program, text }: Source, required: number): FileStyle['module'] {
  if (fileName.endsWith('.cjs')) return 'commonjs';
  const isEsm = program.body.some(({ type }) => type.startsWith('Import') || type.startsWith('Export'));
  if (isEsm || /\.(?:[cm]?tsx?|mjs)$/.test(fileName)) return 'esm';
  return required > 0 || /\bmodule\.exports\b|^exports\./m.test(text) ? 'commonjs' : (format ?? 'unknown');
}
