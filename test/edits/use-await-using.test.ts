import dedent from 'dedent';
import { expect, test } from 'vitest';
import { applyChanges } from '../../codemods/apply-changes.ts';
import { declareUsing } from '../../edits/using/declare-using.ts';
import { fileTarget } from '../../edits/using/file-target.ts';
import { useAwaitUsing } from '../../edits/use-await-using.ts';
import { startedHereOf } from '../../model/read-call-sites.ts';
import { unstoppedOf } from '../../model/read-unstopped.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { parse } from '../model/parse.ts';

const BUS = dedent`
  class Bus {
    async start() { this.socket = await dial(); }
    async stop() { await this.socket.end(); }
    async ask() { return this.socket.ask(); }
    [Symbol.asyncDispose]() { return this.stop(); }
  }
`;

/** What a suggestion makes of a file, without what stands before its class. */
function suggested(code: string, fileName = 'service.ts'): string {
  const text = `${BUS}\n${code}`;
  const source = parse(text, fileName);
  const target = fileTarget(source, DEFAULT_SETTINGS);
  const outcomes = [
    ...useAwaitUsing(startedHereOf(source), source, target).map(({ outcome }) => outcome),
    ...unstoppedOf(source).map((found) => declareUsing(found, source, target)),
  ];
  return applyChanges(text, outcomes.flatMap((outcome) => (outcome.kind === 'edit' ? outcome.changes : []))).slice(BUS.length + 1) + outcomes.flatMap((outcome) => (outcome.kind === 'leftover' ? [`\nleft: ${outcome.why}`] : [])).join('');
}

test('a class of the file whose dispose is its stop, in TypeScript', () => {
  const code = ['async function send() {', '  const bus = new Bus();', '  await bus.start();', '  await bus.ask();', '  await bus.stop();', '}'];
  expect(suggested(code.join('\n'))).toBe(['async function send() {', '  await using bus = new Bus();', '  await bus.start();', '  await bus.ask();', '}'].join('\n'));
  const tried = ['async function send() {', '  const bus = new Bus();', '  await bus.start();', '  try {', '    await bus.ask();', '  } finally {', '    await bus.stop();', '  }', '}'];
  expect(suggested(code.join('\n'), 'service.js')).toBe(tried.join('\n'));
});

test('what a function starts and forgets', () => {
  const code = ['async function ask() {', '  const bus = new Bus();', '  await bus.start();', '  if (await bus.ask()) log();', '}'];
  expect(suggested(code.join('\n'))).toBe(['async function ask() {', '  await using bus = new Bus();', '  await bus.start();', '  if (await bus.ask()) log();', '}'].join('\n'));
  expect(suggested(code.join('\n'), 'service.js')).toBe(`${code.join('\n')}\nleft: starts bus and stops it nowhere: where is it to be stopped?`);
});
