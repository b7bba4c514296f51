import type { TSESTree } from '@typescript-eslint/utils';
import type { Change, Outcome } from '../edits/outcome.ts';
import { visit } from '../model/ast/visit.ts';
import { lineOf, positionOf } from '../model/line-of.ts';
import type { Source } from '../model/source.ts';
import type { Plan } from './codemod.ts';
import { IGNORE_MARK } from './ignore-mark.ts';
import type { ProjectPlan } from './project-codemod.ts';

const LINE = new RegExp(`^[\\s*]*${IGNORE_MARK}(?=[\\s:]|$)[ \\t]*([^:\\r\\n]*)(?::[ \\t]*(.*))?$`, 'gm');

/** A user's word that a codemod is to leave a place alone. */
export interface Acknowledgement {
  /** As it was written; empty where it was left out. */
  readonly codemod: string;
  readonly hasReason: boolean;
  readonly reason: string;
  /** Of the comment, in the text. */
  readonly offset: number;
  /** The ranges of all that begins on the line it is about. */
  readonly covers: readonly TSESTree.Range[];
}

const cache = new WeakMap<TSESTree.Program, readonly Acknowledgement[]>();

/** The acknowledgements in a file; a comment may name several codemods, with commas between. */
export function acknowledgementsIn(source: Source): readonly Acknowledgement[] {
  let known = cache.get(source.program);
  if (known === undefined) {
    known = source.text.includes(IGNORE_MARK) ? source.comments.flatMap((comment) => readComment(comment, source)) : [];
    cache.set(source.program, known);
  }
  return known;
}

/** The acknowledgement by which a codemod leaves alone what it would mend, or had to leave. */
export function acknowledgementOf(codemod: string, { node, outcome }: Plan, source: Source): Acknowledgement | undefined {
  return acknowledgementsIn(source).find(
    (one) =>
      one.codemod === codemod &&
      one.covers.some(
        (range) =>
          isWithin(node.range, range) || (outcome.kind === 'edit' ? outcome.changes.some((change) => touches(change, range)) : isWithin(outcome.node.range, range)),
      ),
  );
}

/** The same for a plan that reaches over several files: comments count in the file where it stands. */
export function projectAcknowledgementOf(codemod: string, { name, node, file, outcome }: ProjectPlan, source: Source | undefined): Acknowledgement | undefined {
  if (source === undefined) return undefined;
  const own: Outcome =
    outcome.kind === 'edit'
      ? { ...outcome, changes: outcome.changes.get(file) ?? [], safety: 'review' }
      : { kind: 'leftover', node: outcome.left.find((one) => one.file === file)?.node ?? node, why: '' };
  return acknowledgementOf(codemod, { name, node, outcome: own }, source);
}

function readComment({ value, range: [offset, end] }: TSESTree.Comment, source: Source): readonly Acknowledgement[] {
  if (!value.includes(IGNORE_MARK)) return [];
  const covers = coveredBy(offset, end, source);
  return Array.from(value.replaceAll('\r', '').matchAll(LINE)).flatMap(([, names = '', reason = '']) =>
    names.split(',').map((name) => ({ codemod: name.trim(), hasReason: /\w/.test(reason), reason: reason.trim(), offset, covers })),
  );
}

/** What begins on the line of the comment or, where it stands alone, on the next line with code. */
function coveredBy(start: number, end: number, source: Source): readonly TSESTree.Range[] {
  const { program, text } = source;
  const isAfterCode = /\S/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
  const { line } = positionOf(source, isAfterCode ? start : nextCode(end, source));
  const covers: TSESTree.Range[] = [];
  visit(program, (node) => {
    const decorators = 'decorators' in node ? (node.decorators as readonly TSESTree.Decorator[] | undefined) : undefined;
    const begins = [node, ...(decorators ?? [])];
    if (node !== program && begins.some((one) => lineOf(source, one) === line)) {
      covers.push([Math.min(...begins.map(({ range }) => range[0])), node.range[1]]);
      return 'skip';
    }
    return undefined;
  });
  return covers;
}

function nextCode(from: number, { comments, text }: Source): number {
  const rest = /\S/g;
  rest.lastIndex = from;
  const offset = rest.exec(text)?.index ?? text.length;
  const comment = comments.find(({ range }) => range[0] === offset);
  return comment === undefined ? offset : nextCode(comment.range[1], { comments, text } as Source);
}

function isWithin(inner: TSESTree.Range, outer: TSESTree.Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** What is only put before or behind it changes nothing in it. */
function touches({ start, end }: Change, [from, to]: TSESTree.Range): boolean {
  return start === end ? from < start && start < to : start < to && from < end;
}
