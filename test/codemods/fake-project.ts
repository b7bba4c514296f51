import { parse } from '../../codemods/parse.ts';
import type { Place, Project, TypeProblem } from '../../model/project.ts';
import type { Source } from '../../model/source.ts';

/**
 * A project of texts, without a compiler: whatever is spelled as a declaration refers to it. Each `$error` in a text is a type error.
 */
export function fakeProject(texts: Readonly<Record<string, string>>): Project {
  const files = Object.keys(texts);
  const sources = new Map<string, Source | undefined>();
  const textOf = (file: string): string => {
    const text = texts[file];
    if (text === undefined) throw new Error(`${file} is not of the project`);
    return text;
  };
  const wordAt = ({ file, offset }: Place): string => /^[\w$]+/.exec(textOf(file).slice(offset))?.[0] ?? '';
  const sourceOf = (file: string): Source | undefined => {
    if (!sources.has(file)) sources.set(file, tryParse(file, textOf(file)));
    return sources.get(file);
  };
  return {
    files,
    sourceOf,
    referencesTo: (declaration) =>
      files.flatMap((file) =>
        Array.from(textOf(file).matchAll(new RegExp(`\\b${wordAt(declaration)}\\b`, 'g')), ({ index }) => ({ file, offset: index })).filter(
          ({ offset }) => file !== declaration.file || offset !== declaration.offset,
        ),
      ),
    declarationOf: () => undefined,
    isPublished: () => 'no',
    targetOf: () => ({ lowersUsing: 'unknown', knowsAsyncDispose: true, knowsAsyncDisposableStack: true, config: undefined }),
    typeProblems: () =>
      files.flatMap((file) => Array.from(textOf(file).matchAll(/\$error/g), (): TypeProblem => ({ file, line: 1, message: 'that does not fit' }))),
    withTexts: (changed) => fakeProject({ ...texts, ...Object.fromEntries(changed) }),
  };
}

function tryParse(file: string, text: string): Source | undefined {
  try {
    return parse(file, text);
  } catch {
    return undefined;
  }
}
