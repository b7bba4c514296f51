import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** What a run needs of a stream; `process.stdout` is one. */
export interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** What a run that asks needs of a stream; `process.stdin` is one. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Everything of the outside world, the files apart, that a run looks at. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin?: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}

export const NO_COLORS: Colors = picocolors.createColors(false);

/** Colours for one stream: off when it is piped or `NO_COLOR` is set, on again with `FORCE_COLOR`. */
export function colorsFor(stream: Output, env: Io['env']): Colors {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return NO_COLORS;
  const isForced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return picocolors.createColors(isForced || (stream.isTTY === true && env['TERM'] !== 'dumb'));
}
