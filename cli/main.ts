#!/usr/bin/env node
import { defaultEngine } from './default-engine.ts';
import { runCli } from './run-cli.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader, `head` for one, has seen enough
});

const { env, stdout, stderr } = process;
process.exitCode = await runCli(process.argv.slice(2), { cwd: process.cwd(), env, stdout, stderr }, defaultEngine);
