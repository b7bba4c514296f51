import type { Observed } from './driver.ts';
import type { Stage } from './stage.ts';

/** The drain hangs, the deadline passes, and somebody starts the service again. */
export async function restartAfterHungStop(stage: Stage, drainMs: number): Promise<Observed> {
  await stage.started();
  await stage.cast.hang?.();
  const stop = stage.stop();
  await stage.world.timers.advance(drainMs);
  const restart = await stage.started();
  return { stop: stop.state, restart: restart.state, generations: stage.world.alive };
}
