/** What `--format` takes. */
export const FORMATS = ['text', 'json', 'github', 'sarif', 'markdown'] as const;

export type Format = (typeof FORMATS)[number];

/** The format that a command line asks for, right or wrong otherwise: whoever reads a document gets one for an error, too. */
export function formatIn(argv: readonly string[]): Format {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const at = options.lastIndexOf('--format');
  const given = at === -1 ? options.findLast((one) => one.startsWith('--format='))?.slice('--format='.length) : options[at + 1];
  return FORMATS.find((format) => format === given) ?? (options.includes('--json') ? 'json' : 'text');
}
