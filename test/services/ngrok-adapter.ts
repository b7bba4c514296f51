import { NgrokAdapter as After, type ForwardOptions, type Logger, type NgrokSdk } from '../../fixtures/services/ngrok-adapter/after.ts';
import { NgrokAdapter as Before } from '../../fixtures/services/ngrok-adapter/before.ts';
import type { Cast, Driver, Lifecycle } from './driver.ts';
import type { World } from './world.ts';

type Adapter = Lifecycle & { start(): Promise<string>; readonly publicUrl: string };
type AdapterClass = new (sdk: NgrokSdk, options: ForwardOptions, logger: Logger) => Adapter;

const URL = 'https://calm-otter.ngrok.app';

export const ngrokAdapter: Driver = {
  name: 'ngrok-adapter',
  className: 'NgrokAdapter',
  kind: 'adapter',
  before: Before satisfies AdapterClass,
  after: After satisfies AdapterClass,

  build(Service: AdapterClass, world: World): Cast {
    const sdk: NgrokSdk = {
      forward: () => world.call('forward', () => ({ ...world.resource('tunnel'), url: () => URL })),
    };
    const service = new Service(sdk, { addr: 8_080, authtoken: 'secret' }, world.logger);
    return {
      service,
      work: async () => (await service.start()) === URL && service.publicUrl === URL,
      operations: {},
    };
  },

  faults: [
    {
      name: 'two starts open two tunnels, of which stop() closes one',
      rule: 'require-lifecycle-lock',
      shows: 'two generations',
      async observe(stage) {
        stage.start();
        await stage.started();
        const tunnels = stage.world.count('tunnel');
        await stage.stopped();
        return { tunnels, leftAfterStop: stage.world.left };
      },
      before: { tunnels: 2, leftAfterStop: ['tunnel'] },
      after: { tunnels: 1, leftAfterStop: [] },
    },
    {
      name: 'two stops close the tunnel twice',
      rule: 'require-lifecycle-lock',
      shows: 'resource closed twice',
      async observe(stage) {
        await stage.started();
        stage.stop();
        await stage.stopped();
        return { offences: stage.world.offences };
      },
      before: { offences: ['tunnel closed twice'] },
      after: { offences: [] },
    },
  ],
};
