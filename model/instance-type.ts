import type { Fact } from './service.ts';
import type { InstanceType } from './types.ts';

/*
 * What is asked of a checker, in the words that every version of TypeScript has: ESLint brings the user's, the codemods bring their own.
 * Flags are not among them, because versions number them differently.
 */

/** `ts.Type` */
export interface CheckedType {
  readonly aliasSymbol?: CheckedSymbol | undefined;
  getSymbol: () => CheckedSymbol | undefined;
  getProperties: () => readonly CheckedSymbol[];
  getProperty: (name: string) => CheckedSymbol | undefined;
  getCallSignatures: () => readonly CheckedSignature[];
  getConstructSignatures: () => readonly CheckedSignature[];
  isUnion: () => boolean;
}

/** `ts.Symbol` */
export interface CheckedSymbol {
  readonly name: string;
  readonly declarations?: readonly CheckedNode[] | undefined;
}

/** `ts.Signature` */
export interface CheckedSignature {
  getReturnType: () => CheckedType;
  getDeclaration: () => CheckedNode | undefined;
}

/** `ts.Node` */
export interface CheckedNode {
  getText: () => string;
  getSourceFile: () => { readonly isDeclarationFile: boolean };
}

/** `ts.TypeChecker` */
export interface Checker {
  // Methods, because their parameters are compared both ways: `ts.TypeChecker` takes no less than a `ts.Type`.
  getApparentType(type: CheckedType): CheckedType;
  getNonNullableType(type: CheckedType): CheckedType;
  getBaseConstraintOfType(type: CheckedType): CheckedType | undefined;
  getTypeOfSymbol(symbol: CheckedSymbol): CheckedType;
  getTypeAtLocation(node: CheckedNode): CheckedType;
  typeToString(type: CheckedType): string;
}

/** A class or an interface, as far as it is looked at. */
interface ObjectDeclaration extends CheckedNode {
  readonly name?: CheckedNode & { readonly text?: string };
  readonly members?: readonly { readonly name?: CheckedNode }[];
  readonly heritageClauses?: readonly { readonly types: readonly CheckedNode[] }[];
}

export const PRIMITIVES = new Set(['BigInt', 'Boolean', 'Number', 'String', 'Symbol']);

/** What a value of this type is, null and undefined apart. Undefined for `any`, `unknown`, what cannot be resolved and what is no object. */
export function instanceTypeOf(type: CheckedType, checker: Checker): InstanceType | undefined {
  const parts = partsOf(type, checker);
  if (parts === undefined || parts.length === 0) return undefined;
  const [only] = parts;
  return {
    name: only !== undefined && parts.length === 1 ? nameOf(only, checker) : '',
    isAsyncDisposable: agreed(parts.map((part) => disposability(part, checker))),
    method(name) {
      const found = parts.map((part) => methodOf(part, name, checker));
      return found.includes(undefined) ? undefined : { isAsync: agreed(found.map((fact) => fact ?? 'unknown')) };
    },
  };
}

/** The object types that a type is one of; undefined where one of them is none, or not known. */
function partsOf(type: CheckedType, checker: Checker): readonly CheckedType[] | undefined {
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  if (isIntrinsic(bound)) return undefined; // `unknown` without null and undefined would be `{}`
  const present = checker.getNonNullableType(bound);
  if (present.isUnion() && hasTypes(present)) {
    const parts = present.types.map((part) => partsOf(part, checker));
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  if (isIntrinsic(present)) return undefined;
  const apparent = checker.getApparentType(present);
  if (isIntrinsic(apparent)) return undefined;
  return apparent !== present && PRIMITIVES.has(apparent.getSymbol()?.name ?? '') ? undefined : [apparent];
}

function hasTypes(type: CheckedType): type is CheckedType & { readonly types: readonly CheckedType[] } {
  return 'types' in type;
}

/** `any`, `unknown`, `never`, `void`, `object` and the like, and the type of what cannot be resolved. Each version of TypeScript names them so. */
function isIntrinsic(type: CheckedType): boolean {
  return 'intrinsicName' in type;
}

function nameOf(type: CheckedType, checker: Checker): string {
  if (type.getConstructSignatures().length > 0) return checker.typeToString(type);
  for (const declaration of declarationsOf(type)) {
    if (declaration.name?.text !== undefined) return declaration.name.text;
  }
  return type.aliasSymbol?.name ?? '';
}

function declarationsOf(type: CheckedType): readonly ObjectDeclaration[] {
  return type.getSymbol()?.declarations ?? [];
}

function disposability(type: CheckedType, checker: Checker): Fact {
  const properties = type.getProperties();
  const property = properties.find(({ name }) => isWellKnown(name, 'asyncDispose'));
  if (property !== undefined) return isCallable(checker.getTypeOfSymbol(property)) ? 'yes' : 'unknown';
  // `await using` takes what is Disposable alone too. Whether that is enough to end something asynchronous, the type does not tell.
  if (properties.some(({ name }) => isWellKnown(name, 'dispose'))) return 'unknown';
  return mayHaveMore(type, checker) ? 'unknown' : 'no';
}

/** The checker names what `Symbol.asyncDispose` stands for `__@asyncDispose@` and a number. */
function isWellKnown(name: string, symbol: string): boolean {
  return name.startsWith(`__@${symbol}@`) || name === `__@${symbol}`;
}

function isCallable(type: CheckedType): boolean {
  return type.getCallSignatures().length > 0;
}

/** Whether it may have members that the checker does not see: of a base that cannot be resolved, or named by a symbol that `lib` does not know. */
function mayHaveMore(type: CheckedType, checker: Checker, seen = new Set<CheckedNode>()): boolean {
  const own = declarationsOf(type).filter((declaration) => !seen.has(declaration));
  for (const declaration of own) seen.add(declaration);
  return own.some((declaration) => {
    if (declaration.members?.some(({ name }) => name !== undefined && /^\[.*\bSymbol\s*\./s.test(name.getText()) && isUnresolved(name, checker))) return true;
    const bases = declaration.heritageClauses?.flatMap(({ types }) => types.map((base) => checker.getTypeAtLocation(base))) ?? [];
    return bases.some((base) => isIntrinsic(base) || mayHaveMore(base, checker, seen));
  });
}

function isUnresolved(name: CheckedNode & { readonly expression?: CheckedNode }, checker: Checker): boolean {
  return name.expression !== undefined && isIntrinsic(checker.getTypeAtLocation(name.expression)) && /\bSymbol\s*\.\s*(?:asyncD|d)ispose\b/.test(name.getText());
}

/** Whether a call of the method gives a promise; undefined where it cannot be called, or is not known to be there. */
function methodOf(type: CheckedType, name: string, checker: Checker): Fact | undefined {
  const property = type.getProperty(name);
  if (property === undefined) return undefined;
  const value = checker.getTypeOfSymbol(property);
  if (isCalled(value, 'any', 'error')) return 'unknown';
  const signatures = checker.getNonNullableType(value).getCallSignatures();
  if (signatures.length === 0) return undefined;
  return agreed(signatures.map((signature) => asynchrony(signature, checker)));
}

function isCalled(type: CheckedType & { readonly intrinsicName?: unknown }, ...names: readonly string[]): boolean {
  return typeof type.intrinsicName === 'string' && names.includes(type.intrinsicName);
}

function asynchrony(signature: CheckedSignature, checker: Checker): Fact {
  const type = signature.getReturnType();
  // A function that is typed to return nothing may be one that returns a promise, unless this is the function itself.
  if (isCalled(type, 'void') && !isSeen(signature.getDeclaration())) return 'unknown';
  return thenability(type, checker);
}

function isSeen(declaration: (CheckedNode & { readonly body?: unknown }) | undefined): boolean {
  return declaration !== undefined && (declaration.body !== undefined || declaration.getSourceFile().isDeclarationFile);
}

function thenability(type: CheckedType, checker: Checker): Fact {
  const bound = checker.getBaseConstraintOfType(type) ?? type;
  if (bound.isUnion() && hasTypes(bound)) return agreed(bound.types.map((part) => thenability(part, checker)));
  if (isIntrinsic(bound)) return isCalled(bound, 'void', 'undefined', 'null', 'never', 'string', 'number', 'bigint', 'symbol', 'true', 'false', 'boolean') ? 'no' : 'unknown';
  const then = checker.getApparentType(bound).getProperty('then');
  if (then !== undefined) return isCallable(checker.getTypeOfSymbol(then)) ? 'yes' : 'unknown';
  return mayHaveMore(bound, checker) ? 'unknown' : 'no';
}

function agreed(facts: readonly Fact[]): Fact {
  const [first = 'unknown', ...others] = facts;
  return others.every((fact) => fact === first) ? first : 'unknown';
}
