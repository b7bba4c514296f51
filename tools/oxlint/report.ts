/** The presets that are compared. */
export type Preset = 'recommended' | 'strict';

/** What one linter says of one place. Lines and columns are 1-based. */
export interface Report {
  /** With slashes, below the folder that was linted. */
  readonly file: string;
  /** Without the prefix of the plugin; `undefined` for a file that does not parse. */
  readonly rule: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
