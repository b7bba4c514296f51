import type { Rule, SourceCode } from 'eslint';
import type { TSESTree } from '@typescript-eslint/utils';
import { parseSettings } from '../model/parse-settings.ts';
import { type LooksAt, mayHold } from '../model/prefilter.ts';
import { factsOf } from '../model/services-of.ts';
import type { ResolvedSettings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import type { Finding, Subject } from './finding.ts';
import { typesOf } from './types-of.ts';

const DOCS = 'https://github.com/eslint-plugin-lifecycle/eslint-plugin-lifecycle/blob/main/docs/rules';

type Schema = NonNullable<Rule.RuleMetaData['schema']>;

/**
 * The options a preset gives to the rule; a rule is off in a preset that it does not name, but that `recommended-typed` begins with all of
 * `recommended`.
 */
export type Presets<Options> = Readonly<Partial<Record<'recommended' | 'recommended-typed' | 'strict', Partial<Options>>>>;

/** To be spread among the options of a rule that sees more where it may ask the type checker. */
export interface TypedOptions {
  readonly types: boolean;
}

/** The schema of `TypedOptions`. */
export const TYPES_OPTION = {
  types: {
    description: 'Whether to ask the type checker too, where the parser has one. What it finds then depends on other files.',
    type: 'boolean',
  },
} as const;

export interface RuleSpec<MessageId extends string, Options extends object> {
  readonly name: string;
  readonly meta: {
    readonly type: 'problem' | 'suggestion';
    readonly docs: { readonly description: string; readonly presets: Presets<Options> };
    readonly schema: Schema;
    readonly messages: Readonly<Record<MessageId, string>>;
    readonly hasSuggestions?: boolean;
    /** With it, edits that are `safe` are fixes; all others are suggestions. */
    readonly fixable?: 'code';
  };
  readonly defaultOptions: readonly [Options] | readonly [];
  /** What a file must be able to hold: a service by default. */
  readonly looksAt?: LooksAt;
  readonly findings: (subject: Subject<Options>) => Iterable<Finding<MessageId>>;
}

/** An ESLint rule that also answers without ESLint. */
export interface LifecycleRule extends Rule.RuleModule {
  readonly name: string;
  readonly meta: Rule.RuleMetaData & { readonly docs: { readonly description: string; readonly url: string; readonly presets: Presets<object> } };
  /** The findings in one parsed file, under the options given or the defaults. */
  readonly findingsIn: (source: Source, settings: ResolvedSettings, options?: object) => readonly Finding[];
}

const IN_CLASSES: readonly LooksAt[] = ['services', 'stoppables'];

/** Makes an ESLint rule of a pure function from facts to findings. */
export function defineRule<MessageId extends string, Options extends object>(spec: RuleSpec<MessageId, Options>): LifecycleRule {
  const [defaults] = spec.defaultOptions;
  const looksAt = spec.looksAt ?? 'services';
  const findingsIn: LifecycleRule['findingsIn'] = (source, settings, options) => {
    if (!mayHold(looksAt, source.text, settings.pairs)) return [];
    const subject = subjectOf(source, settings, { ...defaults, ...options } as Options);
    if (IN_CLASSES.includes(looksAt) && subject.services.length === 0 && subject.constructions.length === 0) return [];
    return [...spec.findings(subject)];
  };
  return {
    name: spec.name,
    meta: {
      ...spec.meta,
      docs: { ...spec.meta.docs, url: `${DOCS}/${spec.name}.md` },
      defaultOptions: [...spec.defaultOptions],
    },
    findingsIn,
    create: (context) => {
      const settings = parseSettings(context.settings['lifecycle']);
      if (!mayHold(looksAt, context.sourceCode.text, settings.pairs)) return {};
      return {
        Program() {
          const options = context.options[0] as Partial<TypedOptions> | undefined;
          const source = sourceOf(context.sourceCode, context.filename, options?.types === true);
          for (const finding of findingsIn(source, settings, options)) report(context, finding, spec.meta.fixable !== undefined);
        },
      };
    },
  };
}

/** Services are read only for the rules that ask for them. */
function subjectOf<Options>(source: Source, settings: ResolvedSettings, options: Options): Subject<Options> {
  return {
    source,
    settings,
    options,
    get services() {
      return factsOf(source, settings).services;
    },
    get constructions() {
      return factsOf(source, settings).constructions;
    },
  };
}

const untyped = new WeakMap<SourceCode, Source>();
const typed = new WeakMap<SourceCode, Source>();

/** A rule has types only if its options ask for them: what it reports must not change with how another plugin has set up the parser. */
function sourceOf(code: SourceCode, fileName: string, withTypes: boolean): Source {
  const sources = withTypes ? typed : untyped;
  let source = sources.get(code);
  if (source === undefined) {
    const types = withTypes ? typesOf(code.parserServices as object) : undefined;
    source = {
      text: code.text,
      program: code.ast as unknown as TSESTree.Program,
      // Only edits ask for them, and most files have no report.
      get comments() {
        return code.getAllComments() as unknown as TSESTree.Comment[];
      },
      fileName,
      ...(types === undefined ? {} : { types }),
    };
    sources.set(code, source);
  }
  return source;
}

function report(context: Rule.RuleContext, { node, messageId, data, mend }: Finding, isFixable: boolean): void {
  const outcome = mend?.plan();
  const [start, end] = node.range;
  const described = {
    loc: { start: context.sourceCode.getLocFromIndex(start), end: context.sourceCode.getLocFromIndex(end) },
    messageId,
    data: { ...data },
  };
  if (mend === undefined || outcome?.kind !== 'edit') {
    context.report(described);
    return;
  }
  const fix: Rule.ReportFixer = (fixer) => outcome.changes.map(({ start: from, end: to, text }) => fixer.replaceTextRange([from, to], text));
  if (isFixable && outcome.safety === 'safe') context.report({ ...described, fix });
  else context.report({ ...described, suggest: [{ messageId: mend.messageId, data: { ...data }, fix }] });
}
