import { ts } from 'ts-morph';
import type { Place } from '../../model/project.ts';
import { placeOf } from './place.ts';
import { memberPickedBy, symbolsAt, symbolsNamedBy } from './symbols.ts';

/** The names in a file, by their text. A file that did not change is not walked again. */
const namesOf = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Node[]>>();

/** Every place in the files that names what is declared at the offset. */
export function referencesTo(source: ts.SourceFile, offset: number, files: readonly ts.SourceFile[], checker: ts.TypeChecker): readonly Place[] {
  const declarations = symbolsAt(source, offset, checker).flatMap((symbol) => symbol.declarations ?? []);
  if (declarations.length === 0) return [];
  return new Search(declarations, files, checker).run();
}

class Search {
  readonly #files: readonly ts.SourceFile[];
  readonly #checker: ts.TypeChecker;
  /** What is looked for, and the constants that are nothing but other names of it. */
  readonly #wanted: Set<ts.Node>;
  readonly #names: Set<string>;
  readonly #found = new Set<ts.Node>();
  readonly #own: ReadonlySet<string>;

  constructor(declarations: readonly ts.Declaration[], files: readonly ts.SourceFile[], checker: ts.TypeChecker) {
    this.#files = files;
    this.#checker = checker;
    this.#wanted = new Set(declarations);
    this.#own = new Set(declarations.map((declaration) => keyOf(placeOf(declaration))));
    this.#names = new Set(declarations.flatMap(namesGivenBy));
  }

  /** Each alias that is found gives a new name to look for, until there are no more. */
  run(): readonly Place[] {
    for (let known = -1; known < this.#names.size + this.#wanted.size; ) {
      known = this.#names.size + this.#wanted.size;
      for (const file of this.#files) this.#lookIn(file);
    }
    const places = new Map(Array.from(this.#found, placeOfName).map((place) => [keyOf(place), place]));
    return [...places.values()].filter((place) => !this.#own.has(keyOf(place))).sort((a, b) => (a.file === b.file ? a.offset - b.offset : a.file < b.file ? -1 : 1));
  }

  #lookIn(file: ts.SourceFile): void {
    const present = [...this.#names].filter((name) => isUnwritten(name) || file.text.includes(name));
    if (present.length === 0) return;
    const names = indexOf(file);
    for (const name of present) {
      for (const node of names.get(name) ?? []) {
        if (!this.#found.has(node) && this.#isNamedBy(node)) this.#take(node);
      }
    }
  }

  #isNamedBy(node: ts.Node): boolean {
    const picked = memberPickedBy(node, this.#checker);
    const symbols = [...symbolsNamedBy(node, this.#checker), ...(picked === undefined ? [] : this.#checker.getRootSymbols(picked))];
    return symbols.some(({ declarations }) => declarations?.some((declaration) => this.#wanted.has(declaration)) === true);
  }

  #take(node: ts.Node): void {
    this.#found.add(node);
    const { parent } = node;
    if (ts.isExportAssignment(parent)) this.#names.add(parent.isExportEquals === true ? 'export=' : 'default');
    if (ts.isImportOrExportSpecifier(parent) || ts.isImportClause(parent) || ts.isImportEqualsDeclaration(parent)) this.#addName(parent.name);
    if (ts.isBindingElement(parent)) this.#addConstant(parent);
    const whole = wholeReference(node);
    if (ts.isVariableDeclaration(whole.parent) && whole.parent.initializer === whole && isConstant(whole.parent)) this.#addConstant(whole.parent);
  }

  #addName(name: ts.Node | undefined): void {
    if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) this.#names.add(name.text);
  }

  /** Only of what cannot be given another value is a constant another name. */
  #addConstant(declaration: ts.BindingElement | ts.VariableDeclaration): void {
    if (![...this.#wanted].some((wanted) => ts.isClassLike(wanted) || ts.isFunctionLike(wanted))) return;
    if (ts.isBindingElement(declaration) && declaration.initializer !== undefined) return;
    this.#wanted.add(declaration);
    this.#addName(declaration.name);
  }
}

/** Names under which something is imported that need not be written where it is declared. */
function isUnwritten(name: string): boolean {
  return name === 'default' || name === 'export=';
}

function namesGivenBy(declaration: ts.Declaration): readonly string[] {
  const name = ts.getNameOfDeclaration(declaration);
  const own = name !== undefined && 'text' in name && typeof name.text === 'string' ? [name.text] : [];
  const isDefault = ts.isExportAssignment(declaration) || (ts.canHaveModifiers(declaration) && ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true);
  return isDefault ? [...own, 'default', 'export='] : own;
}

/** `Bus`, `ns.Bus` or `(await import('./bus')).Bus`, as far as the expression goes that names it. */
function wholeReference(node: ts.Node): ts.Node {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isParenthesizedExpression(parent)) ? wholeReference(parent) : node;
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(declaration.parent) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
}

function indexOf(file: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const known = namesOf.get(file);
  if (known !== undefined) return known;
  const names = new Map<string, ts.Node[]>();
  const enter = (name: string, node: ts.Node) => {
    const nodes = names.get(name);
    if (nodes === undefined) names.set(name, [node]);
    else nodes.push(node);
  };
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      enter(node.text, node);
      for (const name of importedAs(node)) enter(name, node);
    } else if (ts.isStringLiteralLike(node) && (ts.isElementAccessExpression(node.parent) || ts.isImportOrExportSpecifier(node.parent))) {
      enter(node.text, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  namesOf.set(file, names);
  return names;
}

/** What else a name may stand for, when an import gives it to the whole or to the default of a module. */
function importedAs({ parent }: ts.Node): readonly string[] {
  if (ts.isImportClause(parent)) return ['default', 'export='];
  if (ts.isImportEqualsDeclaration(parent) || ts.isNamespaceImport(parent)) return ['export='];
  return ts.isVariableDeclaration(parent) && parent.initializer !== undefined && /\brequire\s*\(/.test(parent.initializer.getText()) ? ['export='] : [];
}

function placeOfName(node: ts.Node): Place {
  const source = node.getSourceFile();
  return { file: source.fileName, offset: node.getStart(source) };
}

function keyOf({ file, offset }: Place): string {
  return `${offset}:${file}`;
}
