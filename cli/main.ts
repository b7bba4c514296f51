#!/usr/bin/env node
import { defaultEngine } from './default-engine.ts';
import { runCli } from './run-cli.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader, `head` for one, has seen enough
});

const { env, stdout, stderr } = process;
const io = {
  cwd: process.cwd(),
  env,
  stdout,
  stderr,
  // Opened only when somebody is asked: a stdin that was closed cannot be.
  get stdin() {
    return process.stdin;
  },
};
process.exitCode = await runCli(process.argv.slice(2), io, defaultEngine);
