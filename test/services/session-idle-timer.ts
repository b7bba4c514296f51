import { SessionIdleTimer as After, type AgentHost, type AgentSession, type Logger } from '../../fixtures/services/session-idle-timer/after.ts';
import { SessionIdleTimer as Before } from '../../fixtures/services/session-idle-timer/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';

type IdleTimer = Lifecycle & { prompt(text: string): Promise<string> };
type IdleTimerClass = new (host: AgentHost, logger: Logger) => IdleTimer;

const IDLE_MS = 300_000;

/** An agent that must not be prompted once it is being terminated, nor terminated while it answers. */
function agentIn(world: World): AgentSession {
  const resource = world.resource('agent');
  let isEnding = false;
  const check = (when: string): void => {
    if (isEnding) world.offences.push(`agent ${when}`);
  };
  return {
    prompt: async (text) => {
      check('prompted after its end');
      const answer = await world.call('prompt', () => `answer to ${text}`);
      check('terminated while it answers');
      return answer;
    },
    terminate: () => {
      isEnding = true;
      return resource.close();
    },
  };
}

export const sessionIdleTimer: Driver = {
  name: 'session-idle-timer',
  className: 'SessionIdleTimer',
  kind: 'background',
  drainMs: 10_000,
  before: Before satisfies IdleTimerClass,
  after: After satisfies IdleTimerClass,

  build(Service: IdleTimerClass, world: World): Cast {
    const service = new Service({ spawn: () => world.call('spawn', () => agentIn(world)) }, world.logger);
    return {
      service,
      async work() {
        await world.timers.advance(IDLE_MS);
        const isSuspended = world.count('agent') === 0;
        return isSuspended && (await service.prompt('hello')) === 'answer to hello';
      },
      hang() {
        world.hold('close agent');
        return Promise.resolve();
      },
      operations: { prompt: () => service.prompt('hello') },
    };
  },

  faults: [
    {
      name: 'an agent is suspended in the middle of an answer',
      rule: 'no-unlocked-transition',
      shows: 'resource misused',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        world.hold('prompt');
        const prompt = cast.operations['prompt']?.();
        await world.timers.advance(IDLE_MS);
        const agents = world.count('agent');
        world.release('prompt');
        await prompt;
        await stage.stopped();
        return { agents, offences: world.offences };
      },
      before: { agents: 0, offences: ['agent terminated while it answers'] },
      after: { agents: 1, offences: [] },
    },
    {
      name: 'an agent that is being suspended is terminated by stop() again',
      rule: 'no-unlocked-transition',
      shows: 'resource closed twice',
      async observe(stage) {
        const { world } = stage;
        await stage.started();
        world.hold('close agent');
        await world.timers.advance(IDLE_MS);
        await stage.stopped();
        world.release('close agent');
        await settle();
        return { offences: world.offences };
      },
      before: { offences: ['agent closed twice'] },
      after: { offences: [] },
    },
    {
      name: 'a prompt resumes the agent behind the back of stop()',
      rule: 'no-unlocked-transition',
      shows: 'left after the last stop',
      async observe(stage) {
        const { world, cast } = stage;
        await stage.started();
        await world.timers.advance(IDLE_MS);
        world.hold('spawn');
        const prompt = cast.operations['prompt']?.();
        await settle();
        const stop = stage.stopped();
        world.release('spawn');
        await prompt;
        await stop;
        await settle();
        return { left: world.left };
      },
      before: { left: ['agent'] },
      after: { left: [] },
    },
  ],
};
