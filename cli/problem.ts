/** Something about one file that the user has to know. The message is one line, and says what to do where that is not plain. */
export interface Problem {
  /** As the user calls it. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'a link that leads to itself',
  EMFILE: 'too many files are open',
  ENOENT: 'it is no longer there',
  ENOSPC: 'the disk is full',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
};

/** Why the system refused, without the path and the name of the call. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return (code === undefined ? undefined : REASONS[code]) ?? (error.message === '' ? error.name : error.message.split('\n', 1).join(''));
}
