import dedent from 'dedent';
import { expect, test } from 'vitest';
import addLifecycleLock from '../../codemods/add-lifecycle-lock.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

function mend(text: string): string {
  const result = runCodemods([addLifecycleLock], { fileName: 'a.ts', text });
  expect(result.services.flatMap(({ left }) => left)).toEqual([]);
  return result.text;
}

test('a restart that calls the halves of stop and start holds the lock too', () => {
  const text = dedent`
    import { Mutex } from 'async-mutex';
    export class A {
      async start(): Promise<void> {
        await this.open();
      }
      async stop(): Promise<void> {
        await this.close();
      }
      async restart(): Promise<void> {
        await this.close();
        await this.open();
      }
      private async open(): Promise<void> { if (this.up) return; this.up = await dial(); }
      private async close(): Promise<void> { await this.up?.close(); this.up = undefined; }
      private up: Connection | undefined;
    }
  `;
  expect(mend(text)).toContain(dedent`
    async restart(): Promise<void> {
        return this.lifecycleLock.runExclusive(() => this.restartLocked());
      }
      private async restartLocked(): Promise<void> {
        await this.close();
        await this.open();
      }
  `);
});

test.each([
  ['the two themselves', 'async restart() { await this.stop(); await this.start(); }'],
  ['nothing of them', 'async restart() { await this.child.restart(); }'],
  ['the half of one of them', 'async reconnect() { await this.open(); }'],
  ['work of another kind by another name', 'async refresh() { await this.close(); await this.open(); }'],
])('a restart that calls %s stays as it is', (_name, member) => {
  const text = `class A { async start() { await this.open(); } async stop() { await this.close(); } ${member} async open() { this.up ??= await dial(); } async close() { await this.up?.close(); this.up = undefined; } }\n`;
  expect(mend(text)).toContain(member);
});

test('a stop that looks before its lock at what start sets late, looks under it', () => {
  const text = dedent`
    export class A {
      private readonly mutex = new Mutex();
      private up: Connection | undefined;
      async start(): Promise<void> {
        this.up = await dial();
      }
      async stop(): Promise<void> {
        if (!this.up) return;
        return this.mutex.runExclusive(async () => {
          await this.up?.close();
          this.up = undefined;
        });
      }
    }
  `;
  expect(mend(`import { Mutex } from 'async-mutex';\n${text}`)).toContain(dedent`
    async stop(): Promise<void> {
        return this.mutex.runExclusive(async () => {
          if (!this.up) return;
          await this.up?.close();
          this.up = undefined;
        });
      }
  `);
});
