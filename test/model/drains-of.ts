import type { Drain } from '../../model/service.ts';
import type { LifecycleSettings } from '../../model/settings.ts';
import { codeOf, servicesIn } from './parse.ts';

interface Around {
  /** What stands before the class. */
  readonly top?: string;
  /** Other members of the class. */
  readonly members?: string;
  readonly settings?: LifecycleSettings;
}

/** A background service with a task in `this.task` and an inner service in `this.server`, with this body of stop. */
export function serviceWith(stop: string, { top = '', members = '' }: Around = {}): string {
  return `${top}
class Service {
  async start() { this.task = this.run(); this.timer = setInterval(() => this.tick(), 1000); }
  async run() { while (this.running) await this.step(); }
  ${members}
  async stop() { ${stop} }
}`;
}

/** Each drain of that service: how it is bounded, or by what flaw it is not, and what it waits for. */
export function drainsOf(stop: string, around: Around = {}): readonly string[] {
  return outlineDrains(serviceWith(stop, around), around.settings);
}

export function outlineDrains(text: string, settings?: LifecycleSettings): readonly string[] {
  return servicesIn(text, settings).flatMap(({ drains }) => drains.map((drain) => outline(text, drain)));
}

function outline(text: string, { bounded, deadline, work, method }: Drain): string {
  const error = deadline?.error === undefined ? '' : ` (${deadline.error})`;
  return `${method}: ${deadline?.flaw ?? bounded}${error} ${codeOf(text, work)}`;
}
