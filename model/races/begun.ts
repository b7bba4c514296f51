import type { Step } from '../flow/step.ts';
import { START_NAMES } from '../pairs.ts';

/** The inner service that a step starts: `this.#server.listen(…)`, `start(this.#queue)`. */
export function begun(step: Step): string | undefined {
  if (step.kind !== 'call' || step.self || !START_NAMES.has(step.name)) return undefined;
  // What `endpoint.init(this.db)` starts is the endpoint.
  return step.on ?? (step.node.type === 'CallExpression' && step.node.callee.type === 'Identifier' ? step.args[0] : undefined);
}
