import { someBelow } from '../../model/ast/some-below.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { logFailureOf } from '../teardown/log-failure.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import type { Place } from './place-of-acquired.ts';

/** How one step of a rollback is done, whichever it is. */
interface UndoStep {
  /** The local that holds the name of the step. */
  readonly name: string;
  /** The local that holds its function. */
  readonly step: string;
  /** Does it, and logs that it has failed. */
  readonly lines: readonly string[];
}

/** Does a step of a rollback, and logs its failure as the class logs, in names that the function does not use. */
export function undoStepIn(service: Service, source: Source, fn: Place['fn'], unit: string): UndoStep {
  const { quote, semicolon } = fileStyleOf(source);
  const isUsed = (name: string): boolean => someBelow(fn, (node) => node.type === 'Identifier' && node.name === name);
  const [name, step, failure] = [freeName(['name', 'stepName'], isUsed), freeName(['step', 'undoStep'], isUsed), freeName(['failure', 'undoFailure'], isUsed)];
  const log = logFailureOf(service, source, true, 'rollback step')(`\${${name}}`, failure);
  const template = log.replace(new RegExp(`${quote}(rollback step failed: [^${quote}]*)${quote}`), (_all, inner: string) => `\`${inner}\``);
  return { name, step, lines: ['try {', `${unit}await ${step}()${semicolon}`, `} catch (${failure}) {`, `${unit}${template}${semicolon}`, '}'] };
}
