import dedent from 'dedent';

import rule from '../../rules/require-shutdown-latch.ts';
import { createRuleTester } from '../rule-tester.ts';

createRuleTester().run('require-shutdown-latch', rule, {
  valid: [],
  invalid: [
    {
      name: 'only the handler of the second signal has the latch',
      code: dedent`
        let isStopping = false;
        process.on('SIGINT', async () => {
          isStopping = true;
          await session.flush();
          await session.close();
          process.exit(130);
        });
        process.on('SIGTERM', async () => {
          if (isStopping) return;
          isStopping = true;
          await session.flush();
          await session.close();
          process.exit(143);
        });
      `,
      options: [{ report: 'every' }],
      errors: [
        { messageId: 'noLatch', data: { signals: 'SIGINT and then SIGTERM', work: 'session.close()', line: 5, wait: 5, test: 5, other: 5 }, line: 2, column: 1, endLine: 7, endColumn: 3, suggestions: [{ messageId: 'latch', output: dedent`
            let isStopping = false;
            let isShuttingDown = false;
            process.on('SIGINT', async () => {
              if (isShuttingDown) return;
              isShuttingDown = true;
              isStopping = true;
              await session.flush();
              await session.close();
              process.exit(130);
            });
            process.on('SIGTERM', async () => {
              if (isShuttingDown) return;
              isShuttingDown = true;
              if (isStopping) return;
              isStopping = true;
              await session.flush();
              await session.close();
              process.exit(143);
            });
          ` }] },
      ],
    },
  ],
});
