import { describe, expect, test } from 'vitest';
import escalateKill from '../../codemods/escalate-kill.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** Why a service is left whose start ends with `begun` and whose stop is `stop`, at lines 11 and 14, after checking that its text is. */
function whyLeft({ begun = '', stop, more = '' }: { begun?: string; stop: string; more?: string }): readonly string[] {
  const text = `
import { type ChildProcess, spawn } from 'node:child_process';

export class Host {
  private child: ChildProcess | undefined;
  private stopping = false;

  async start(): Promise<void> {
    await Promise.resolve();
    this.child = spawn('agent');
    ${begun}
  }
  async stop(): Promise<void> {
    ${stop}
  }
  ${more}
}
`;
  const result = runCodemods([escalateKill], { fileName: 'host.ts', text });
  expect(result.text).toBe(text);
  return result.services.flatMap(({ left }) => left.map(({ why }) => why));
}

describe('leaves what has to come before the exit, and would come after it', () => {
  const set = (line: number, name: string): readonly string[] => [`line ${line} looks at ${name}, which is set right after the signal, and would be set after the exit; let it be set before the signal`];
  const done = (line: number): readonly string[] => [`line ${line} comes right after the signal, and would come after the exit; let it come before the signal`];

  test('the flag by which a listener tells a wanted end from a crash', () => {
    expect(whyLeft({ begun: "this.child.on('exit', () => { if (!this.stopping) console.error('crashed'); });", stop: 'this.child?.kill();\n    this.stopping = true;' })).toEqual(set(11, 'this.stopping'));
  });

  test('the field by which a listener does, in a method of its own', () => {
    const more = 'private onExit(): void {\n    if (this.child !== undefined) console.error(1);\n  }';
    expect(whyLeft({ begun: "this.child.once('exit', this.onExit.bind(this));", stop: 'this.child?.kill();\n    this.child = undefined;', more })).toEqual(set(18, 'this.child'));
  });

  test('the field that a getter looks at', () => {
    const more = 'get isRunning(): boolean {\n    return this.child !== undefined;\n  }';
    expect(whyLeft({ begun: "this.child.once('exit', () => console.log(this.isRunning));", stop: 'this.child?.kill();\n    this.child = undefined;', more })).toEqual(set(18, 'this.child'));
  });

  test('the flag that ends a loop which would start the process anew', () => {
    const more = "private async watch(): Promise<void> {\n    while (!this.stopping) await new Promise((resolve) => setTimeout(resolve, 5));\n  }";
    expect(whyLeft({ begun: 'await this.watch();', stop: 'this.child?.kill();\n    this.stopping = true;', more })).toEqual(set(18, 'this.stopping'));
  });

  test('a listener that is taken off, a timer that is cleared, an input that is ended', () => {
    const more = 'private readonly gone = (): void => {\n    console.error(1);\n  };';
    expect(whyLeft({ begun: "this.child.on('exit', this.gone);", stop: "this.child?.kill();\n    this.child?.off('exit', this.gone);\n    this.child = undefined;", more })).toEqual(done(15));
    expect(whyLeft({ stop: 'this.child?.kill();\n    clearInterval(this.timer);\n    this.child = undefined;', more: 'private timer = setInterval(() => this.child?.send(1), 50);' })).toEqual(done(15));
    expect(whyLeft({ stop: 'this.child?.kill();\n    this.child?.stdin?.end();\n    this.child = undefined;' })).toEqual(done(15));
  });
});

describe('leaves a child whose listeners are all taken off, with that of the exit', () => {
  test.each([['removeAllListeners()'], ["removeAllListeners('exit')"]])('%s', (removal) => {
    expect(whyLeft({ stop: `this.child?.${removal};\n    this.child?.kill();` })).toEqual(['all listeners are taken off at line 14, with them the one that would hear of the exit']);
  });

  test('but not one whose output alone is', () => {
    expect(() => whyLeft({ stop: 'this.child?.stdout?.removeAllListeners();\n    this.child?.kill();' })).toThrow('expected');
  });
});

test('leaves a class that waits for nothing, with a plain reason', () => {
  const text = "import { spawn } from 'node:child_process';\nclass Host {\n  async start() {\n    this.child = spawn('one');\n  }\n  async stop() {\n    this.child?.kill();\n  }\n}\n";
  const { services } = runCodemods([escalateKill], { fileName: 'host.mjs', text });
  expect(services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['waits for nothing in start or stop, and would need a lock and a dispose once it did']);
});

test('leaves a test of killed in which a comment stands', () => {
  const text = "import { spawn } from 'node:child_process';\nimport { once } from 'node:events';\nexport async function run() {\n  const child = spawn('one');\n  const exited = once(child, 'exit');\n  child.kill();\n  setTimeout(() => {\n    if (!(/* yet */ child.killed)) child.kill('SIGKILL');\n  }, 500);\n  await exited;\n}\n";
  const result = runCodemods([escalateKill], { fileName: 'run.mjs', text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['a comment stands in the test of killed at line 8']);
});

test('leaves a wait in which a comment stands', () => {
  const text = "import { spawn } from 'node:child_process';\nimport { once } from 'node:events';\nclass Host {\n  async start() {\n    await this.load();\n    this.child = spawn('one');\n  }\n  async stop() {\n    const { child } = this;\n    child.kill();\n    await /* its end */ once(child, 'exit');\n    this.child = undefined;\n  }\n}\n";
  const result = runCodemods([escalateKill], { fileName: 'host.mjs', text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(['a comment stands at line 11 in what would be replaced']);
});
