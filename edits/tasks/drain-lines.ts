import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { chooseDeadline } from '../deadline/choose-deadline.ts';
import { drainLimit } from '../deadline/drain-limit.ts';
import type { DrainTimeoutOptions } from '../drain-timeout-options.ts';
import { FIELD_NAMES } from '../field-role.ts';
import { catchLines } from '../flag/catch-clause.ts';
import { caughtNameOf } from '../flag/caught-name.ts';
import { testInStart } from '../flag/test-in-start.ts';
import { insertField } from '../insert-field.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { freeMemberName, memberNamingOf } from '../member-naming.ts';
import type { Change, Need } from '../outcome.ts';
import { fileStyleOf } from '../text/file-style.ts';

const DEFAULT_TIMEOUT = 10_000;

/** The lines with which stop waits under a deadline, and what they need elsewhere. */
export interface DrainLines {
  /** `await pTimeout(…);` */
  readonly wait: string;
  /** What the catch round it does; empty where nothing has to be remembered. */
  readonly caught: readonly string[];
  readonly error: string;
  readonly imports: readonly Change[];
  /** New fields, those of the class first. */
  readonly fields: readonly Change[];
  /** The test in start. */
  readonly tests: readonly Change[];
  readonly needs: readonly Need[];
}

/** What is waited for: an expression, and whether it surely is a promise. */
export interface Waited {
  readonly text: string;
  readonly isPromise: boolean;
}

/** Waits for some work as the other drains of the class do, else as add-drain-timeout does, and remembers a timeout. */
export function drainLines(service: Service, source: Source, { text, isPromise }: Waited, options: DrainTimeoutOptions): DrainLines | Obstacle {
  const { facts, kind, node, restart } = service;
  const { semicolon } = fileStyleOf(source);
  const call = chooseDeadline(service, source, options, true);
  if ('why' in call) return call;
  const limit = call.hasLimit ? undefined : drainLimit(service, source, options.drainTimeout ?? DEFAULT_TIMEOUT);
  const promise = isPromise || call.takes === 'value' ? text : `Promise.resolve(${text})`;
  const wait = `await ${call.before}${call.takes === 'thunk' ? '() => ' : ''}${promise}${call.after(limit?.text ?? '')}${semicolon}`;
  const error = caughtNameOf(source.program);
  const base = { wait, error, needs: call.needs, fields: limit?.changes ?? [], tests: [] };
  if (kind === 'host-serialised' || restart.isOneShot === 'yes') return { ...base, caught: [], imports: call.imports(false) };
  const flag = flagOf(service);
  if (typeof flag === 'object') return flag;
  const naming = memberNamingOf(facts, source);
  const name = flag ?? freeMemberName(facts, naming, FIELD_NAMES.flag);
  const tests = flag === undefined ? testInStart(service, source, `this.${name}`) : [];
  if ('why' in tests) return tests;
  const fields = flag === undefined ? [...base.fields, insertField(source, node, naming, name, 'false', 'flag')] : base.fields;
  const caught = catchLines(source, { flag: `this.${name}`, isTimeout: call.isTimeout }, error);
  return { ...base, caught, fields, tests, imports: call.imports(true) };
}

/** The flag by which the class refuses already; undefined where it has none. */
function flagOf({ facts, node, restart: { flag, gap, refusedAfterTimeout } }: Service): Obstacle | string | undefined {
  if (flag === undefined) return undefined;
  const field = facts.fields.get(flag);
  const isBoolean = field?.typeAnnotation?.type === 'TSBooleanKeyword' || (field?.init?.type === 'Literal' && field.init.value === false);
  if (isBoolean && gap === undefined && refusedAfterTimeout !== 'no') return flag;
  return { node, why: `remembers a timeout in ${flag}, but not surely; add-unrestartable-flag comes first` };
}
