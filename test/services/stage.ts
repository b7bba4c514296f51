import type { Cast, Driver, ServiceClass } from './driver.ts';
import { settle } from './settle.ts';
import { watch, type Watched } from './watch.ts';
import { World } from './world.ts';

/** One service in one world. Its calls are watched, never waited for: a deadlock is something to see here. */
export class Stage {
  readonly world = new World();
  readonly cast: Cast;

  /** Replaces the global timers until `close`. */
  constructor(driver: Driver, Service: ServiceClass) {
    this.world.timers.install();
    this.cast = driver.build(Service, this.world);
  }

  start(): Watched {
    return watch(this.world.generation(() => this.cast.service.start()));
  }

  stop(): Watched {
    return watch(this.cast.service.stop());
  }

  dispose(): Watched {
    const { service } = this.cast;
    return watch(service[Symbol.asyncDispose]?.() ?? Promise.reject(new Error('the service has no dispose')));
  }

  /** Starts and settles. The start of an in-place runner is still pending then. */
  async started(): Promise<Watched> {
    const start = this.start();
    await settle();
    return start;
  }

  /** Stops and settles. */
  async stopped(): Promise<Watched> {
    const stop = this.stop();
    await settle();
    return stop;
  }

  close(): void {
    this.world.timers.uninstall();
  }
}
