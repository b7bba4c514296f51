import type { TSESTree } from '@typescript-eslint/utils';
import type { Outcome } from '../edits/outcome.ts';
import type { Service } from '../model/service.ts';
import type { Construction } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';

/** How a finding can be mended. `plan` is called only when somebody wants to see the edit. */
export interface Mend<MessageId extends string> {
  readonly messageId: MessageId;
  readonly plan: () => Outcome | undefined;
}

/** What a rule has to say, whoever asks: ESLint, oxlint, or the codemod that checks its own work. */
export interface Finding<MessageId extends string = string> {
  readonly node: TSESTree.Node;
  readonly messageId: MessageId;
  readonly data: Readonly<Record<string, number | string>>;
  /** The class it is about. */
  readonly service: string;
  readonly mend?: Mend<MessageId> | undefined;
}

/** What a rule looks at. */
export interface Subject<Options> {
  readonly services: readonly Service[];
  readonly constructions: readonly Construction[];
  readonly source: Source;
  readonly settings: ResolvedSettings;
  readonly options: Options;
}
