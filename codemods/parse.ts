import { type Comment, parseSync, type ParseResult, type ParserOptions } from 'oxc-parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { positionOf } from '../model/line-of.ts';
import type { Source } from '../model/source.ts';
import { UnparsableError } from './codemod.ts';

const OPTIONS: ParserOptions = { astType: 'ts', range: true, preserveParens: false };

/**
 * Parses a file without a byte order mark. Which language it is in, its name tells. `isStrict` takes what cannot run, such as a name that is
 * declared twice, for an error too.
 */
export function parse(fileName: string, text: string, isStrict = false): Source {
  // `astType: 'ts'` is the TSESTree shape, whatever the language; only the types of the packages differ.
  const result = parseSync(fileName, text, { ...OPTIONS, lang: languageOf(fileName), showSemanticErrors: isStrict });
  const [error] = result.errors.filter(({ severity }) => (severity as string) === 'Error');
  if (error !== undefined) {
    const { line, column } = positionOf({ text }, error.labels[0]?.start ?? 0);
    throw new UnparsableError(error.message.split('\n', 1)[0] ?? 'cannot be parsed', line, column);
  }
  const program = programOf(result);
  const comments = result.comments.map(toComment) as unknown as TSESTree.Comment[];
  return { text, program, comments, fileName };
}

/** The parser hands its tree over as JSON, and does not escape what it should: a JSX name with an escape in it, as `<\u{2F804} />`, cannot be read back. */
function programOf(result: ParseResult): TSESTree.Program {
  try {
    return result.program as unknown as TSESTree.Program;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnparsableError(`the parser cannot hand over its tree (${error.message})`, 1, 1);
    throw error;
  }
}

/** Plain JavaScript may hold JSX; that `<T>x` is then no type assertion matters to TypeScript alone. */
function languageOf(fileName: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  if (/\.[cm]?ts$/.test(fileName)) return 'ts';
  if (fileName.endsWith('.tsx')) return 'tsx';
  return 'jsx';
}

function toComment({ type, value, start, end }: Comment): object {
  return { type, value, range: [start, end] };
}
