/** The command with the fake engine, which takes some time over each file, and says when it begins with the first. */
import { runCli } from '../../cli/run-cli.ts';
import { fakeEngine } from './fake-engine.ts';

let isFirst = true;
const engine = fakeEngine(() => {
  if (isFirst) process.stdout.write('planning\n');
  isFirst = false;
  const end = performance.now() + 5;
  while (performance.now() < end);
});
const { env, stdout, stderr } = process;
process.exitCode = await runCli(process.argv.slice(2), { cwd: process.cwd(), env, stdin: process.stdin, stdout, stderr }, engine);
