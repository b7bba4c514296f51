import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import releaseTimers from '../../codemods/release-timers.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';
import { streamEvents as after } from '../../fixtures/services/sse-keep-alive/after.ts';
import { streamEvents as before } from '../../fixtures/services/sse-keep-alive/before.ts';
import { compileFile } from '../explorer/compile-file.ts';
import { serveEvents, type StreamEvents } from './serve-events.ts';

const FIRST = 'id: 1\ndata: "first"\n\n';
const BOTH = `${FIRST}id: 2\ndata: "second"\n\n`;

async function mended(): Promise<StreamEvents> {
  const fileName = 'fixtures/services/sse-keep-alive/before.ts';
  const text = readFileSync(new URL(`../../${fileName}`, import.meta.url), 'utf8');
  const { text: edited } = runCodemods([releaseTimers], { fileName, text });
  expect(edited).not.toBe(text);
  const module = (await import(/* @vite-ignore */ pathToFileURL(compileFile(edited)).href)) as { readonly streamEvents: StreamEvents };
  return module.streamEvents;
}

describe('an SSE response over a real server', () => {
  test('whose events come to their end leaves nothing, before and after', async () => {
    for (const streamEvents of [before, after, await mended()]) {
      expect(await serveEvents(streamEvents, false)).toEqual({ timers: 0, outcome: 'resolved', received: BOTH });
    }
  });

  test('before.ts only: one whose client goes away leaves a timer that keeps the process alive (require-timer-release)', async () => {
    expect(await serveEvents(before, true)).toEqual({ timers: 1, outcome: 'rejected', received: FIRST });
    expect(await serveEvents(after, true)).toEqual({ timers: 0, outcome: 'rejected', received: FIRST });
  });

  test('release-timers makes of before.ts one that leaves none', async () => {
    expect(await serveEvents(await mended(), true)).toEqual({ timers: 0, outcome: 'rejected', received: FIRST });
  });
});
