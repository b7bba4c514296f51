import type { CodemodResult } from '../../codemods/codemod.ts';
import { IGNORE_MARK } from '../../codemods/ignore-mark.ts';
import { didYouMean } from '../arguments/did-you-mean.ts';
import type { Problem } from '../problem.ts';

type Acknowledgement = NonNullable<CodemodResult['acknowledgements']>[number];

/** What is wrong with the `lifecycle-codemod-ignore` comments of a file: those that name nothing, give no reason or hold back nothing. */
export function staleAcknowledgements(file: string, acknowledgements: readonly Acknowledgement[], codemods: readonly string[]): readonly Problem[] {
  return acknowledgements.flatMap((acknowledgement) => {
    const message = faultOf(acknowledgement, codemods);
    return message === undefined ? [] : [{ file, line: acknowledgement.line, column: acknowledgement.column, message }];
  });
}

function faultOf({ codemod, hasReason, isUsed }: Acknowledgement, codemods: readonly string[]): string | undefined {
  if (codemod === '') return `the comment names no codemod: ${IGNORE_MARK} <codemod>: <why>`;
  if (!codemods.includes(codemod)) {
    const near = didYouMean(codemod, codemods);
    return `there is no codemod '${codemod}'${near === undefined ? '; --list shows them' : ` (did you mean ${near}?)`}`;
  }
  if (!hasReason) return `the comment gives no reason: ${IGNORE_MARK} ${codemod}: <why>`;
  return isUsed === false ? `${codemod} has nothing to do here any more: remove the comment` : undefined;
}
