import { ts } from 'ts-morph';
import { nodeAt } from './place.ts';

/** What a name stands for, aliases followed; several for the member of a union. */
export function symbolsNamedBy(node: ts.Node, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const symbol = ownSymbol(node, checker);
  return symbol === undefined ? [] : checker.getRootSymbols(withoutAlias(symbol, checker)).map((root) => withoutAlias(root, checker));
}

export function withoutAlias(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** The symbol of what is declared or named at an offset. */
export function symbolsAt(source: ts.SourceFile, offset: number, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const node = nodeAt(source, offset);
  const isName = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node);
  if (isName) return symbolsNamedBy(node, checker);
  const owner = outermostStartingAt(node, offset, source);
  const symbol = ts.isExportAssignment(owner.parent) ? symbolOfNode(owner.parent) : symbolOfNode(node);
  return symbol === undefined ? [] : [withoutAlias(symbol, checker)];
}

function outermostStartingAt(node: ts.Node, offset: number, source: ts.SourceFile): ts.Node {
  return !ts.isSourceFile(node.parent) && !ts.isExportAssignment(node.parent) && node.parent.getStart(source) === offset ? outermostStartingAt(node.parent, offset, source) : node;
}

/** The binder keeps it there; the checker has no question for the symbol of a class without a name. */
function symbolOfNode(node: ts.Node & { readonly symbol?: ts.Symbol }): ts.Symbol | undefined {
  return node.symbol;
}

function ownSymbol(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent) && parent.parent.parent.moduleSpecifier === undefined) return checker.getExportSpecifierLocalTargetSymbol(parent);
  const picked = memberPickedBy(node, checker);
  return picked !== undefined && isExport(picked) ? picked : checker.getSymbolAtLocation(node);
}

/** For the name in `const { Bus } = …`, which is the name of a member as well as that of a variable: the member. */
export function memberPickedBy(name: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = name;
  const isBoth = ts.isIdentifier(name) && ts.isBindingElement(parent) && parent.propertyName === undefined && parent.name === name && parent.dotDotDotToken === undefined;
  return isBoth && ts.isObjectBindingPattern(parent.parent) ? checker.getTypeAtLocation(parent.parent).getProperty(name.text) : undefined;
}

/** Of a module, as `await import(…)` gives it: the variable is then but another name of it. */
function isExport({ flags }: ts.Symbol): boolean {
  return (flags & (ts.SymbolFlags.Alias | ts.SymbolFlags.Class | ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
}
