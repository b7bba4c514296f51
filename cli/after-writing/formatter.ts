/** What `--formatter` takes. */
export const FORMATTER_CHOICES = ['auto', 'none', 'prettier', 'biome', 'oxfmt', 'dprint'] as const;

export type FormatterChoice = (typeof FORMATTER_CHOICES)[number];
export type FormatterName = Exclude<FormatterChoice, 'auto' | 'none'>;

interface Formatter {
  /** The command is `node_modules/.bin/<name>`; the paths follow these. */
  readonly args: readonly string[];
  readonly packageName: string;
  readonly isConfig: (fileName: string) => boolean;
}

export const FORMATTER_NAMES: readonly FormatterName[] = ['biome', 'dprint', 'oxfmt', 'prettier'];

export const FORMATTERS: Readonly<Record<FormatterName, Formatter>> = {
  biome: { args: ['format', '--write', '--no-errors-on-unmatched'], packageName: '@biomejs/biome', isConfig: (name) => /^\.?biome\.jsonc?$/.test(name) },
  dprint: { args: ['fmt', '--allow-no-files', '--'], packageName: 'dprint', isConfig: (name) => /^\.?dprint\.jsonc?$/.test(name) },
  oxfmt: { args: ['--write', '--no-error-on-unmatched-pattern'], packageName: 'oxfmt', isConfig: (name) => /^\.oxfmtrc\.jsonc?$|^oxfmt\.config\.\w+$/.test(name) },
  prettier: {
    args: ['--write', '--ignore-unknown', '--log-level=warn'],
    packageName: 'prettier',
    isConfig: (name) => /^\.prettierrc(?:\.\w+)?$|^prettier\.config\.\w+$/.test(name),
  },
};
