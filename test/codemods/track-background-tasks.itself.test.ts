import { describe, expect, test } from 'vitest';
import { runCodemods } from '../../codemods/run-codemod.ts';
import trackBackgroundTasks from '../../codemods/track-background-tasks.ts';

/** Why a class with these members is left, after checking that its text is. `run` stands at line 11. */
function whyLeft(run: string, { more = '', stop = 'this.stopped = true;\n await this.bus.publish(1);', after = '' }: { more?: string; stop?: string; after?: string } = {}): readonly string[] {
  const text = `class Service {\n async start() {\n this.stopped = false;\n await this.open();\n void this.run();\n }\n async stop() {\n ${stop}\n }\n ${run}\n ${more}\n}\n${after}`;
  const result = runCodemods([trackBackgroundTasks], { fileName: 'service.mjs', text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

describe('leaves a task that may wait for the stop that would wait for it', () => {
  test('by a name that it gives stop', () => {
    const why = ['this.run() takes the service apart, or by another name, at line 11, and whether that comes to stop() cannot be told'];
    expect(whyLeft('async run() { const { stop } = this; while (!this.stopped) await stop(); }')).toEqual(why);
  });

  test('through somebody to whom it hands the service', () => {
    const why = ['this.run() hands on the service itself at line 11, and whether that comes to stop() cannot be told'];
    expect(whyLeft('async run() { while (!this.stopped) await this.owner.report(this); }')).toEqual(why);
  });

  test('through its owner, whom it tells of its end', () => {
    expect(whyLeft('async run() { while (!this.stopped) await this.onError(1); }')).toEqual(['this.run() waits at line 11 for this.onError(), which may come to stop()']);
  });

  test('through a method that a subclass has of its own', () => {
    const after = 'class Strict extends Service { async turn() { await this.stop(); } }\n';
    expect(whyLeft('async run() { while (!this.stopped) await this.turn(); }', { more: 'async turn() { await this.open(); }', after })).toEqual(['this.run() comes at line 11 to this.turn(), which a subclass has of its own']);
    expect(whyLeft('async run() { while (!this.stopped) await this.open(); }', { after: 'class Middle extends Service {}\nclass Endless extends Middle { async run() { for (;;) await this.open(); } }\n' })).toEqual([
      'this.run() begins this.run(), which a subclass has of its own',
    ]);
  });
});

describe('leaves a task that stop does not end', () => {
  test.each([
    ['a branch', 'await (this.isOdd ? this.turn() : this.open());'],
    ['a chain', 'await this.turn().catch(() => {});'],
    ['several at once', 'await Promise.all([this.turn(), this.open()]);'],
    ['a function that is handed over', 'await this.retry(() => this.turn());'],
    ['a local', 'const turn = this.turn(); await turn;'],
  ])('whose loop is behind %s', (_where, turn) => {
    expect(whyLeft(`async run() { while (!this.stopped) { ${turn} } }`, { more: 'async turn() { for (;;) await this.open(); }' })).toEqual(['this.run() goes round a loop at line 12 that stop() does not end']);
  });

  test('which waits for a field by another name', () => {
    expect(whyLeft('async run() { const { ready } = this; await ready; while (!this.stopped) await this.open(); }')).toEqual(['this.run() waits at line 11 for a promise of which it cannot be told who settles it']);
  });

  test('which calls itself', () => {
    expect(whyLeft('async run() { await this.open(); await this.run(); }')).toEqual(['this.run() comes to this.run() again at line 11, and may never end']);
  });

  test('which asks for a number that stop sets', () => {
    const why = ['this.run() goes round a loop at line 11 that stop() does not end'];
    expect(whyLeft('async run() { while (this.attempts < 5) await this.open(); }', { stop: 'this.attempts = 0;\n await this.bus.publish(1);' })).toEqual(why);
    expect(whyLeft('async run() { while (this.last >= 0) await this.open(); }', { stop: 'this.last = Date.now();\n await this.bus.publish(1);' })).toEqual(why);
  });

  test('which is told to end only after something that may fail', () => {
    expect(whyLeft('async run() { while (!this.stopped) await this.open(); }', { stop: 'await this.bus.publish(1);\n this.stopped = true;' })).toEqual(['stop() tells the task to end at line 9, after something that may fail; let it come first']);
  });
});
