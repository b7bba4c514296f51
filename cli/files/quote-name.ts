/** Whether a name would break out of its line, or do things to a terminal. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** A file name, with a place in it or without, in one line: as a string of C if it holds line ends or the like, as git does it. */
export function quoteName(name: string): string {
  if (!CONTROL.test(name)) return name;
  const [, path = '', place = ''] = /^([^]*?)((?::\d+)*)$/.exec(name) ?? [];
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(new RegExp(CONTROL, 'gu'), escape)}"${place}`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

function escape(character: string): string {
  const bytes = [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return SHORT[character] ?? bytes.join('');
}
