import { calleeText } from '../model/ast/callee-text.ts';
import { memberName } from '../model/ast/member-name.ts';
import { thisMember } from '../model/ast/this-member.ts';
import { unwrap } from '../model/ast/unwrap.ts';
import type { Step } from '../model/flow/step.ts';
import { methodOf } from '../model/flow/walk.ts';
import { readFlow } from '../model/read-flow.ts';
import type { Field, Service, Side } from '../model/service.ts';
import type { Obstacle } from './lock-obstacle.ts';

const SETTINGS = /^[#_]*(?:callbacks|config|handlers|hooks|options|opts)$/i;

/** Given the object, these call nothing of it but what is bound or waited for. */
const KEEPS_TO_ITSELF = new Set(['apply', 'bind', 'call', 'once']);

/** A function that the owner handed in, and for which start or stop waits: it may well call stop, which the lock would then keep waiting. */
export function waitsForCallback(service: Service): Obstacle | undefined {
  return callbackIn(service, service.start, service.stop) ?? callbackIn(service, service.stop, service.start);
}

function callbackIn(service: Service, side: Side, other: Side): Obstacle | undefined {
  const hooks = new Set([...side.methods, ...other.methods].map(({ name }) => name));
  for (const method of side.methods) {
    const { steps } = readFlow(service.facts, method, hooks);
    for (const step of steps) {
      const callback = handedIn(step, service);
      if (callback === undefined || !isAwaited(step, steps)) continue;
      return { node: step.node, why: `${method.name}() waits for ${callback}(), which is not its own and may itself wait for ${other.main.name}()` };
    }
  }
  return undefined;
}

/** A task that is only begun here awaits its own calls elsewhere. */
function isAwaited({ node }: Step, steps: readonly Step[]): boolean {
  return steps.some(({ kind, node: { range } }) => kind === 'await' && range[0] <= node.range[0] && node.range[1] <= range[1]);
}

/** `this.onCrash` or `this.options.started`, where that is called and waited for. */
function handedIn(step: Step, { facts }: Service): string | undefined {
  if (step.kind !== 'call' || !step.waited || step.node.type !== 'CallExpression') return undefined;
  const callee = unwrap(step.node.callee);
  // `await rollBack(this)`: whoever is given the object can stop it.
  if (!KEEPS_TO_ITSELF.has(step.name) && step.node.arguments.some(({ type }) => type === 'ThisExpression')) return calleeText(step.node).replace(/\(.*$/, '');
  const own = thisMember(callee);
  if (own !== undefined) return methodOf(facts, own) === undefined && isGiven(facts.fields.get(own)) ? `this.${own}` : undefined;
  if (callee.type !== 'MemberExpression') return undefined;
  const holder = thisMember(callee.object);
  const name = memberName(callee);
  return holder !== undefined && name !== undefined && SETTINGS.test(holder) ? `this.${holder}.${name}` : undefined;
}

/** A field that the constructor takes over from its caller, or whose type is that of a function. */
function isGiven(field: Field | undefined): boolean {
  if (field === undefined) return false;
  return field.node.type === 'TSParameterProperty' || field.init?.type === 'Identifier' || field.typeAnnotation?.type === 'TSFunctionType';
}
