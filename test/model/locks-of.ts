import { parse } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { parse as parseWithEspree } from 'espree';
import { parseSync } from 'oxc-parser';
import { classesOf } from '../../model/read-classes.ts';
import { readLocks } from '../../model/read-locks.ts';
import { readSides } from '../../model/read-sides.ts';
import type { Fact, LockFacts } from '../../model/service.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../model/settings.ts';

export type ParserName = 'espree' | 'oxc' | 'ts';

export interface Given {
  readonly parser?: ParserName;
  readonly settings?: LifecycleSettings;
  readonly runsInPlace?: Fact;
  /** The class that is asked about; the last one with a lifecycle pair if nothing is said. */
  readonly of?: string;
  /** As where the caller of the model does not hand the program on. */
  readonly withoutProgram?: boolean;
}

export function programOf(code: string, parser: ParserName = 'ts'): TSESTree.Program {
  if (parser === 'espree')
    return parseWithEspree(code, { ecmaVersion: 'latest', sourceType: 'module', range: true }) as unknown as TSESTree.Program;
  if (parser === 'ts') return parse(code, { range: true, loc: false });
  const { program, errors } = parseSync('service.ts', code, { astType: 'ts', range: true, preserveParens: false });
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return program as unknown as TSESTree.Program;
}

/** What the model says about the locks of a class in `code`. */
export function locksOf(code: string, given: Given = {}): LockFacts {
  const program = programOf(code, given.parser);
  const settings = { ...DEFAULT_SETTINGS, ...given.settings };
  const found = classesOf(program).flatMap((facts) => {
    const sides = readSides(facts, settings);
    return sides === undefined || (given.of !== undefined && facts.name !== given.of) ? [] : [{ facts, ...sides }];
  });
  const last = found.at(-1);
  if (last === undefined) throw new Error('no class with a lifecycle pair');
  return readLocks(
    last.facts,
    last.start,
    last.stop,
    given.runsInPlace ?? 'no',
    settings,
    given.withoutProgram === true ? undefined : program,
  );
}

/** The text of a node, on one line. */
export function textOf(code: string, node: { readonly range: readonly [number, number] } | undefined): string | undefined {
  return node === undefined ? undefined : code.slice(...node.range).replaceAll(/\s+/g, ' ');
}

/** The facts about both sides in one word each, with the lock: `#lock yes/no`. */
export function summaryOf({ lifecycle, start, stop }: LockFacts): string {
  return `${lifecycle === undefined ? '-' : lifecycle.key} ${start}/${stop}`;
}
