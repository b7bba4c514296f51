import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const PLACES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Where a Chromium is on this machine; without one the tests of the page are skipped. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && path !== '' && existsSync(path));

type Looks = NonNullable<Parameters<Browser['newPage']>[0]>;

/** A browser for the tests of a file, and a way to open a page of the disk in it. A page that asks the network for something, or throws, fails its test. */
export function useChromium(): (path: string, looks?: Looks) => Promise<Page> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  return async (path, looks = {}) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...looks });
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('request', (request) => request.url() !== `file://${path}` && faults.push(`asks for ${request.url()}`));
    onTestFinished(async () => {
      await page.close();
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
    await page.goto(`file://${path}`);
    return page;
  };
}
