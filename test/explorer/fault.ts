/** What no order of events may lead to. */
export type FaultName =
  /** What two starts began is alive at the same time. */
  | 'two generations'
  /** A stop returned, and what a start before it had begun is still alive. */
  | 'alive after stop'
  /** A stop was called while a start was under way; both returned, and the service runs. */
  | 'lost stop'
  /** The last call was a start, it returned, and nothing runs. */
  | 'lost start'
  /** After the last stop a timer, a call, a reader or a resource is left. */
  | 'left after the last stop'
  /** A call of the service does not return, although the world has answered and time has passed. */
  | 'never settles'
  /** A stop fails, or times out, although nothing failed, hung or was slow. */
  | 'healthy stop fails'
  /** The same of a start on a stopped service. */
  | 'healthy start fails'
  /** After a stop that timed out, start is not refused. */
  | 'restart after a timed-out stop'
  | 'resource closed twice'
  | 'resource misused'
  | 'unhandled rejection'
  | 'uncaught error';

/** What else was wrong with the world, in the run that shows the fault. */
export type Circumstance = '' | ' after a failed call' | ' beside a hung call';

export interface Fault {
  readonly name: `${FaultName}${Circumstance}`;
  /** The shortest order found that shows it: `replay` plays it. */
  readonly schedule: string;
  /** In how many of the orders it was seen. */
  readonly count: number;
  /** What exactly was seen in that order. */
  readonly detail: string;
}
