/** What the process exits with. Part of the interface: CI scripts rely on it. */
export const EXIT = Object.freeze({
  done: 0,
  /** Something is left to do by hand, or `--check` found something to change. */
  workLeft: 1,
  failed: 2,
  /** Version control could not bring the files back, so nothing was written. */
  refused: 3,
  /** By SIGHUP, SIGINT and SIGTERM, as a shell says it. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
});

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
export type InterruptedExit = (typeof EXIT)['hungUp' | 'interrupted' | 'terminated'];

/** Ends the run. The message says in one line what is wrong and how to mend it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}
