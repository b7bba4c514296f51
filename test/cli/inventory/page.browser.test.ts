import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../../cli/default-engine.ts';
import { makeProject, run } from '../project.ts';
import { CHROMIUM, useChromium } from './chromium.ts';
import { OWNER, POLLER, SYNCHRONOUS } from './samples.ts';

const FILES = { 'src/poller.ts': POLLER, 'src/owner.ts': OWNER, 'lib/beeper.ts': SYNCHRONOUS, 'lib/other.ts': POLLER.replace('class Poller', 'class Other') };

async function writeReport(files: Readonly<Record<string, string>> = FILES): Promise<string> {
  const { root, at } = makeProject({ ...files, 'package.json': '{}' });
  const { stderr } = await run(root, ['report', '.', '--html', 'page.html'], defaultEngine);
  expect(stderr).toBe('');
  return at('page.html');
}

const names = (page: Page) => page.locator('.opener').allTextContents();
// What runs in the page is given as text, since these tests are compiled without the types of a browser.
const focused = (page: Page) => page.evaluate<string>('document.activeElement?.textContent ?? ""');

describe.skipIf(CHROMIUM === undefined)('the page, in Chromium (set CHROMIUM_PATH where it is not found)', () => {
  const open = useChromium();

  test('filter, search and sort', async () => {
    const page = await open(await writeReport());
    expect(await names(page)).toEqual(['Owner', 'Other', 'Poller', 'Beeper']);
    await page.getByLabel('Search').fill('src o');
    expect(await names(page)).toEqual(['Owner', 'Poller']);
    expect(await page.locator('#count').textContent()).toBe('2 of 4 services');
    await page.getByLabel('Search').fill('');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('lock');
    expect(await names(page)).toEqual(['Other', 'Poller']);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('synchronous');
    expect(await page.locator('#count').textContent()).toBe('No service is like that.');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('all');
    expect(await names(page)).toEqual(['Beeper']);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('');
    await page.getByRole('button', { name: 'Service', exact: true }).click();
    expect(await names(page)).toEqual(['Beeper', 'Other', 'Owner', 'Poller']);
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('file');
    expect(await names(page)).toEqual(['Beeper', 'Other', 'Owner', 'Poller']);
  });

  test('the strict preset shows more lacks', async () => {
    const page = await open(await writeReport());
    const column = (await page.getByRole('columnheader').allTextContents()).findIndex((text) => text.startsWith('Dispose'));
    // The first cell is the header of its row.
    const dispose = page.getByRole('row', { name: /Poller/ }).getByRole('cell').nth(column - 1);
    expect(await dispose.textContent()).toContain('not asked');
    await page.getByRole('radio', { name: 'Strict' }).check();
    expect(await dispose.textContent()).toMatch(/no$/);
  });

  test('a column that is asked of no service is left out', async () => {
    const page = await open(await writeReport({ 'beeper.ts': SYNCHRONOUS }));
    const heads = await page.getByRole('columnheader').allTextContents();
    expect(heads.slice(0, 2)).toEqual(['Service', 'Kind']);
    expect(heads.join(' ')).toContain('Work');
    expect(heads.join(' ')).not.toMatch(/Lock|Kill/);
  });

  test('the only service is open, and so is the first of its race windows', async () => {
    const page = await open(await writeReport({ 'poller.ts': POLLER }));
    const races = page.getByRole('region', { name: 'Poller in detail' }).locator('.race');
    expect(await page.evaluate("[...document.querySelectorAll('.race')].map(({ open }) => open)")).toEqual([true, false]);
    await races.nth(1).locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await races.nth(1).locator('.step').first().isVisible()).toBe(true);
  });

  test('on paper everything is open, and nothing is cut off or there for the mouse', async () => {
    const page = await open(await writeReport({ 'poller.ts': POLLER }), { colorScheme: 'dark', viewport: { width: 720, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.race .step').last().isVisible()).toBe(true);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate('[...document.querySelectorAll(".diff")].every((one) => one.scrollWidth <= one.clientWidth)')).toBe(true);
  });

  test('a service opens to its states, races and diff', async () => {
    const page = await open(await writeReport());
    await page.getByRole('button', { name: 'Poller' }).click();
    const detail = page.getByRole('region', { name: 'Poller in detail' });
    expect(await detail.getByRole('heading', { level: 3 }).allTextContents()).toEqual(expect.arrayContaining(['What the rules say', 'What mends it', 'States']));
    expect(await detail.locator('.machine .edge.no').count()).toBeGreaterThan(0);
    const lanes = detail.locator('.race').first().locator('.step');
    expect(await lanes.first().locator('.source').textContent()).toBe('8if (this.running) return;');
    const tops = await page.evaluate<number[]>('[...document.querySelector(".race").querySelectorAll(".step")].map((step) => step.getBoundingClientRect().top)');
    expect(tops).toHaveLength(await lanes.count());
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    expect(await detail.locator('.diff .plus').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining("import { Mutex } from 'async-mutex';")]));
    await page.getByRole('button', { name: 'Poller' }).click();
    expect(await detail.count()).toBe(0);
  });

  test('by keyboard alone', async () => {
    const page = await open(await writeReport());
    await page.keyboard.press('/');
    await page.keyboard.type('lib');
    expect(await names(page)).toEqual(['Other', 'Beeper']);
    for (let count = 0; count < 40 && (await focused(page)) !== 'Other'; count++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Beeper');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe('Other');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('region', { name: 'Other in detail' }).count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest(".detail") !== null')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('region').filter({ hasText: 'What the rules say' }).count()).toBe(0);
    expect(await focused(page)).toBe('Other');
  });

  test.each(['light', 'dark'] as const)('%s, by the system and by the switch: legible, and nothing amiss for assistive technology', async (theme) => {
    const other = theme === 'light' ? 'dark' : 'light';
    const page = await open(await writeReport(), { colorScheme: other });
    const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const before = await ground();
    await page.getByRole('radio', { name: theme === 'light' ? 'Light' : 'Dark' }).check();
    const switched = await ground();
    expect(switched).not.toBe(before);
    await page.getByRole('radio', { name: 'Auto' }).check();
    await page.emulateMedia({ colorScheme: theme });
    expect(await ground()).toBe(switched);
    await page.getByRole('button', { name: 'Poller' }).click();
    await page.getByRole('button', { name: 'Owner', exact: true }).click();
    await page.evaluate(axe.source);
    const violations = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))');
    expect(violations).toEqual([]);
  });

  test('on a phone nothing sticks out', async () => {
    const page = await open(await writeReport({ ...FILES, [`src/${'a-very-long-folder-name/'.repeat(6)}poller.ts`]: POLLER }), { viewport: { width: 375, height: 700 } });
    for (const name of ['Owner', 'Beeper', 'Other']) await page.getByRole('button', { name, exact: true }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    const wide = await page.evaluate('[...document.querySelectorAll("input, select, .switch, .service *")].filter((one) => one.getBoundingClientRect().right > 375).map(({ className }) => className)');
    expect(wide).toEqual([]);
  });

  test('names that are markup are names', async () => {
    const hostile = { [`src/"'><img src=x onerror=alert(1)>&amp;{{data}}.ts`]: `class Base {}\nconst all = { '</script><script>alert(1)//': ${POLLER.slice(POLLER.indexOf('class')).replace('class Poller', 'class')} };\n`, 'src/пример-例.ts': POLLER.replace('class Poller', 'class Ünïcødé') };
    const page = await open(await writeReport(hostile));
    expect((await names(page)).toSorted()).toEqual(['</script><script>alert(1)//', 'Ünïcødé'].toSorted());
    expect(await page.locator('.place').allTextContents()).toEqual(expect.arrayContaining([`src/"'><img src=x onerror=alert(1)>&amp;{{data}}.ts:2`, 'src/пример-例.ts:3']));
    for (const button of await page.locator('.opener').all()) await button.click();
    expect(await page.locator('img, main script').count()).toBe(0);
  });

  test('rows come as one goes down, by scrolling as by keyboard', async () => {
    const files = Array.from({ length: 200 }, (_, index) => [`beeper${String(index)}.ts`, SYNCHRONOUS.replace('class Beeper', `class Beeper${String(index)}`)] as const);
    const page = await open(await writeReport(Object.fromEntries(files)));
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('name');
    expect(await page.locator('#count').textContent()).toBe('200 services');
    expect((await names(page)).length).toBeLessThan(200);
    await page.locator('.opener').first().focus();
    await page.keyboard.press('End');
    await expect.poll(async () => {
      await page.keyboard.press('End');
      return await focused(page);
    }).toBe('Beeper199');
    expect(await page.locator('#more').isHidden()).toBe(true);
  });

  test('it opens at the preset that was asked for, and names what was not looked at', async () => {
    const { root, at } = makeProject({ ...FILES, 'broken.ts': 'class A { async start() { await 1; } async stop() {' });
    expect((await run(root, ['report', '.', '--preset', 'strict', '--html', 'page.html'], defaultEngine)).exitCode).toBe(2);
    const page = await open(at('page.html'));
    expect(await page.getByRole('radio', { name: 'Strict' }).isChecked()).toBe(true);
    expect(await page.getByRole('region', { name: 'Not looked at' }).getByRole('listitem').allTextContents()).toEqual([expect.stringMatching(/^broken\.ts:1 cannot be parsed: /)]);
  });

  test('without a service it says so', async () => {
    const page = await open(await writeReport({ 'none.ts': 'export const one = 1;\n' }));
    expect(await page.locator('#summary').textContent()).toBe('0 services in 1 file · 0 lack something · 0 with a race window');
    expect(await page.locator('#count').textContent()).toBe('No service (a class with a start and a stop) was found.');
    expect(await page.getByRole('table').isVisible()).toBe(false);
    expect(await page.getByLabel('Search').isVisible()).toBe(false);
  });
});
