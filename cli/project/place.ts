import { ts } from 'ts-morph';
import type { Place } from '../../model/project.ts';

/** Where a declaration is known by: the first character of its name; without one, that of its keyword. */
export function placeOf(declaration: ts.Node): Place {
  const source = declaration.getSourceFile();
  return { file: source.fileName, offset: namingNode(declaration, source).getStart(source) };
}

function namingNode(declaration: ts.Node, source: ts.SourceFile): ts.Node {
  if (ts.isExportAssignment(declaration)) return declaration.expression;
  const name = ts.getNameOfDeclaration(declaration as ts.Declaration);
  if (name !== undefined) return name;
  const keyword = declaration.getChildren(source).find(({ kind }) => kind === ts.SyntaxKind.ClassKeyword || kind === ts.SyntaxKind.FunctionKeyword);
  return keyword ?? declaration;
}

/** The innermost node that has the offset in it. */
export function nodeAt(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  for (let next: ts.Node | undefined = source; next !== undefined; ) {
    found = next;
    next = ts.forEachChild(found, (child) => (child.getStart(source) <= offset && offset < child.end ? child : undefined));
  }
  return found;
}

/** The innermost node with just this range. */
export function nodeWithRange(source: ts.SourceFile, [start, end]: readonly [number, number]): ts.Node | undefined {
  let exact: ts.Node | undefined;
  for (let next: ts.Node | undefined = source; next !== undefined; ) {
    if (next.getStart(source) === start && next.end === end) exact = next;
    next = ts.forEachChild(next, (child) => (child.getStart(source) <= start && end <= child.end ? child : undefined));
  }
  return exact;
}
