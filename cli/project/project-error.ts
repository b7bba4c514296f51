import { CliError } from '../cli-error.ts';

/** The project cannot be loaded. The message names the file and the mend, in one line. */
export class ProjectError extends CliError {}
