/** A fenced block of a page: ```` ```ts options={"where":"every-service"} ````. */
export interface CodeBlock {
  readonly language: string;
  /** What the rule or codemod is to be given, `undefined` for its defaults. */
  readonly options: object | undefined;
  readonly code: string;
}

export interface Section {
  /** With its level: `## Examples`. */
  readonly heading: string;
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
}

const FENCED = /^```(\w+)(?: options=(\{.*\}))?\n([\S\s]*?)^```$/gm;

/** The sections of a Markdown page in order. Lines in fenced blocks are no headings. */
export function readPage(page: string): readonly Section[] {
  const fences = [...page.matchAll(FENCED)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  const isHeading = ({ index }: RegExpExecArray): boolean => !fences.some(({ start, end }) => start < index && index < end);
  const headings = [...page.matchAll(/^#{1,4} .+$/gm)].filter(isHeading);
  return headings.map((match, position) => {
    const text = page.slice(match.index + match[0].length, headings[position + 1]?.index);
    return { heading: match[0], text, blocks: [...text.matchAll(FENCED)].map(readBlock) };
  });
}

function readBlock([, language = '', options, code = '']: RegExpExecArray): CodeBlock {
  return { language, options: options === undefined ? undefined : (JSON.parse(options) as object), code };
}
