import { ts } from 'ts-morph';

/** What stands behind the last entry on its line, where that is all of it: `,`, a comment. */
const REST_OF_LINE = /^[ \t]*(,?)[ \t]*(?:\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)*(?:\/\/[^\r\n]*)?(?=\r?\n)/;

/**
 * The text of a tsconfig.json whose `lib` says `lib` too; the same text where it does already. Undefined where it sets no `lib`: one that is
 * set replaces all that comes with `target`, so it cannot be begun for the sake of one entry. Everything else stays, comments and all.
 */
export function addLib(text: string, lib: string): string | undefined {
  const file = ts.parseJsonText('tsconfig.json', text);
  const list = libOf(file);
  if (list === undefined) return undefined;
  const names = list.elements.filter(ts.isStringLiteral).map((element) => element.text);
  if (names.some((name) => isIn(lib, name))) return text;
  const isLower = names.length > 0 && names.every((name) => name === name.toLowerCase());
  return insert(file, list, `"${isLower ? lib.toLowerCase() : lib}"`);
}

/** Read as TypeScript reads it: with comments and commas at the end, but nothing that the compiler would refuse. */
function libOf(file: ts.JsonSourceFile & { readonly parseDiagnostics?: readonly unknown[] }): ts.ArrayLiteralExpression | undefined {
  if (file.parseDiagnostics?.length !== 0) return undefined;
  const list = valueOf(valueOf(file.statements[0]?.expression, 'compilerOptions'), 'lib');
  return list !== undefined && ts.isArrayLiteralExpression(list) ? list : undefined;
}

function valueOf(object: ts.Expression | undefined, key: string): ts.Expression | undefined {
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  const found = object.properties.filter((property) => ts.isPropertyAssignment(property) && ts.isStringLiteral(property.name) && property.name.text === key);
  const [property] = found;
  // Of two, nobody but the compiler knows which one counts.
  return found.length === 1 && property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** `ESNext` has all that is in `ESNext.Disposable`. */
function isIn(lib: string, name: string): boolean {
  const [wanted, has] = [lib.toLowerCase(), name.toLowerCase()];
  return wanted === has || wanted.startsWith(`${has}.`);
}

function insert(file: ts.JsonSourceFile, { elements, end }: ts.ArrayLiteralExpression, entry: string): string {
  const { text } = file;
  const last = elements.at(-1);
  if (last === undefined) return splice(text, end - 1, entry);
  const start = last.getStart(file);
  const indent = /(\r?\n)([ \t]*)$/.exec(text.slice(0, start));
  const before = elements.at(-2);
  const gap = before === undefined ? ' ' : (/^,([ \t]*)$/.exec(text.slice(before.end, start))?.[1] ?? ' ');
  if (indent === null) return splice(text, last.end, `,${gap}${entry}`);
  const [newLine = '', eol = '', margin = ''] = indent;
  const rest = REST_OF_LINE.exec(text.slice(last.end, end - 1));
  if (rest === null) return splice(text, last.end, `,${newLine}${entry}`);
  const hasComma = rest[1] === ',';
  const added = splice(text, last.end + rest[0].length, `${eol}${margin}${entry}${hasComma ? ',' : ''}`);
  return hasComma ? added : splice(added, last.end, ',');
}

function splice(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}
