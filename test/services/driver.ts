import type { FaultName } from '../explorer/fault.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

export interface Lifecycle {
  start(): Promise<unknown>;
  stop(): Promise<void>;
  [Symbol.asyncDispose]?(): Promise<void>;
}

/** An instance of a service, with what a test or an explorer can make it do. */
export interface Cast {
  readonly service: Lifecycle;
  /** Gives the running service something to do, lets it finish, and tells whether it was done. */
  work(): Promise<boolean>;
  /** Brings the running service to where its drain cannot end; absent where there is nothing to drain. */
  hang?(): Promise<void>;
  /** What callers do beside start and stop, for an explorer to mix in. */
  readonly operations: Readonly<Record<string, () => Promise<unknown>>>;
}

export type ServiceClass = new (...args: never[]) => Lifecycle;

/** What a scenario saw. The same scenario runs on both files. */
export type Observed = Readonly<Record<string, unknown>>;

interface Fault {
  readonly name: string;
  /** The rule that reports it in `before.ts`. */
  readonly rule: string;
  /** As what the explorer finds it; absent where it is no matter of the lifecycle's own calls. */
  readonly shows?: FaultName;
  /** Plays the scenario on a stage where nothing has been started. */
  observe(stage: Stage): Promise<Observed>;
  readonly before: Observed;
  readonly after: Observed;
}

export interface Driver {
  /** The folder under `fixtures/services/`. */
  readonly name: string;
  readonly className: string;
  readonly kind: 'adapter' | 'background' | 'in-place runner';
  /** The drain deadline of the service; absent for an adapter. */
  readonly drainMs?: number;
  readonly before: ServiceClass;
  readonly after: ServiceClass;
  /**
   * Makes an instance of `Service`: one of the two above, or what a codemod made of the first. A method rather than a
   * function property, so that each driver can narrow the parameter to its own service.
   */
  build(Service: ServiceClass, world: World): Cast;
  readonly faults: readonly Fault[];
}
