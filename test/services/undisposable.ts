import type { Driver } from './driver.ts';
import { settle } from './settle.ts';

/** What a service shows that has no dispose, of which `left` is alive while it runs: whoever enters it in a stack gets an error instead. */
export function undisposable(className: string, left: readonly string[]): Driver['faults'][number] {
  return {
    name: `nobody can give a ${className} to a stack or to \`await using\``,
    rule: 'require-async-dispose',
    async observe(stage) {
      await stage.started();
      const dispose = stage.dispose();
      await settle();
      return { dispose: dispose.state, left: stage.world.left };
    },
    before: { dispose: 'rejected', left },
    after: { dispose: 'resolved', left: [] },
  };
}
