import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../../cli/default-engine.ts';
import { safeJson } from '../../../cli/inventory/inventory-page.ts';
import type { PageData, PageHunk, PageService } from '../../../cli/inventory/page-data.ts';
import { rules } from '../../../rules/index.ts';
import { REQUIREMENTS } from '../../../cli/inventory/requirements.ts';
import { makeProject, type Project, run } from '../project.ts';
import { OWNER, POLLER } from './samples.ts';

async function pageOf(project: Project): Promise<{ readonly html: string; readonly data: PageData }> {
  const { exitCode, stderr } = await run(project.root, ['report', '.', '--html', 'page.html'], defaultEngine);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const html = project.read('page.html');
  const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return { html, data: JSON.parse(json) as PageData };
}

/** As a patch has them. */
function linesOf({ files, texts }: PageData, file: number, hunks: readonly PageHunk[]): readonly string[] {
  return hunks.flatMap(({ oldStart, parts }) => {
    let line = oldStart;
    return parts.flatMap((part) => {
      if (typeof part === 'object') return part.map((text) => `+${texts[text] ?? ''}`);
      return Array.from({ length: Math.abs(part) }, () => `${part > 0 ? ' ' : '-'}${texts[files[file]?.lines[line++] ?? -1] ?? ''}`);
    });
  });
}

const ownDiffOf = (data: PageData, { file, mend }: PageService): readonly string[] => linesOf(data, file, mend?.hunks ?? []);

function diffOf(data: PageData, service: PageService | undefined): readonly string[] {
  return service === undefined ? [] : [...linesOf(data, service.file, data.files[service.file]?.hunks ?? []), ...ownDiffOf(data, service)];
}

test('each rule belongs to one requirement', () => {
  expect(REQUIREMENTS.flatMap((requirement) => requirement.rules).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
});

describe('the data of the page', () => {
  test('marks, race windows and the diff that mends it', async () => {
    const { data } = await pageOf(makeProject({ 'poller.ts': POLLER, 'package.json': '{}' }));
    const [poller] = data.services;
    const lock = data.requirements.findIndex(({ id }) => id === 'lock');
    expect(poller).toMatchObject({ name: 'Poller', file: 0, line: 3, endLine: 18 });
    expect(data.files[0]?.name).toBe('poller.ts');
    expect(poller?.marks.recommended[lock]).toBe('n');
    expect(poller?.races.map(({ kind, steps }) => [kind, steps.map(([lane, , line]) => `${lane} ${String(line)}`)])).toContainEqual([
      'late-guard',
      ['first 8', 'first 9', 'second 8', 'first 10', 'second 10'],
    ]);
    const lines = diffOf(data, poller);
    expect(lines).toContain("+import { Mutex } from 'async-mutex';");
    expect(lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1))).toSatisfy((removed: string[]) => removed.every((line) => POLLER.includes(line)));
  });

  test('each of two services in a file has a diff of its own, beside what is changed for both', async () => {
    const two = POLLER + POLLER.replace(/^import.*\n/, '').replace('class Poller', 'class Other');
    const { data } = await pageOf(makeProject({ 'two.ts': two, 'package.json': '{}' }));
    expect(data.services.map((service) => [service.name, ownDiffOf(data, service).filter((line) => line.startsWith('+') && line.includes('new Mutex')).length])).toEqual([
      ['Poller', 1],
      ['Other', 1],
    ]);
    expect(data.files.map((file) => linesOf(data, 0, file.hunks).filter((line) => !line.startsWith(' ')))).toEqual([["+import { Mutex } from 'async-mutex';"]]);
  });

  test.each([
    ['a byte order mark', '\uFEFF', '\n'],
    ['CRLF', '', '\r\n'],
  ])('the lines of a diff are those of the file, with %s', async (_, mark, ending) => {
    const two = mark + (POLLER + POLLER.replace(/^import.*\n/, '').replace('class Poller', 'class Other')).replaceAll('\n', ending);
    const { root, read } = makeProject({ 'two.ts': two, 'package.json': '{}' });
    const { data } = await pageOf({ ...makeProject({}), root, read });
    const old = two.slice(mark.length).split(ending);
    for (const [number, line] of Object.entries(data.files[0]?.lines ?? {})) expect(data.texts[line]).toBe(old[Number(number) - 1]);
    await run(root, ['--allow-no-vcs', 'two.ts'], defaultEngine);
    const fresh = read('two.ts').slice(mark.length).split(ending);
    const hunks = [...(data.files[0]?.hunks ?? []), ...data.services.flatMap(({ mend }) => mend?.hunks ?? [])];
    for (const hunk of hunks) {
      const after = linesOf(data, 0, [hunk]).filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
      expect(fresh.slice(hunk.newStart - 1, hunk.newStart - 1 + after.length)).toEqual(after);
    }
    expect(hunks).toHaveLength(3);
  });

  test('a line of a file is there once, however many windows and diffs show it', async () => {
    const { html } = await pageOf(makeProject({ 'poller.ts': POLLER, 'package.json': '{}' }));
    expect(html.split('this.client = await connect();')).toHaveLength(2);
  });

  test('a file is planned once, however many services it holds', async () => {
    const many = Array.from({ length: 8 }, (_, index) => POLLER.replace(/^import.*\n/, '').replace('class Poller', `class Poller${String(index)}`)).join('');
    const { root, read } = makeProject({ 'many.ts': many, 'package.json': '{}' });
    let runs = 0;
    const loadRun = async (): ReturnType<typeof defaultEngine.loadRun> => {
      const original = await defaultEngine.loadRun();
      return (...args) => {
        runs++;
        return original(...args);
      };
    };
    await run(root, ['report', '.', '--html', 'page.html'], { ...defaultEngine, loadRun });
    expect(runs).toBe(1);
    expect(read('page.html')).toContain('Poller7');
  });

  test('what it owns is in the order of start, and in that of stop', async () => {
    const { data } = await pageOf(makeProject({ 'owner.ts': OWNER }));
    const names = (parts: readonly { readonly name: string }[] = []): readonly string[] => parts.map(({ name }) => name);
    expect([names(data.services[0]?.owns?.started), names(data.services[0]?.owns?.stopped)]).toEqual([
      ['#first', '#second'],
      ['#second', '#first'],
    ]);
  });

  test('services whose state machines look the same share a drawing', async () => {
    const { data } = await pageOf(makeProject({ 'one.ts': POLLER, 'two.ts': POLLER, 'owner.ts': OWNER }));
    const [one, owner, two] = data.services.map(({ machine }) => machine.drawing);
    expect(one).toBe(two);
    expect(one).not.toBe(owner);
    expect(data.machines).toHaveLength(2);
  });

  test('a state machine is laid out: nothing lies on anything else', async () => {
    const { data } = await pageOf(makeProject({ 'poller.ts': POLLER }));
    const boxes = data.machines.flatMap(({ states, changes }) => [...states, ...changes.map(({ label }) => label)]);
    const overlapping = boxes.filter((one, index) => boxes.some((other, at) => at > index && Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2));
    expect(overlapping).toEqual([]);
    expect(boxes.length).toBeGreaterThan(10);
  });
});

describe('the file', () => {
  test('brings all that it needs, and says so to the browser', async () => {
    const { html } = await pageOf(makeProject({ 'poller.ts': POLLER }));
    expect(html).toContain("content=\"default-src 'none'; style-src 'sha256-");
    expect(html).not.toMatch(/<link|<img|@import|url\(| src=|fetch\(/);
  });

  test('is written anew over an earlier one', async () => {
    const project = makeProject({ 'poller.ts': POLLER });
    const { html } = await pageOf(project);
    project.write({ 'page.html': html.replace('Poller', 'Old') });
    expect((await pageOf(project)).html).toBe(html);
  });

  test('no text in the data can end its element', () => {
    const hostile = { a: '</script><script>alert(1)</script>', b: '<!-- <script>', c: '{{style}} $& $1', d: '\u2028\uD800' };
    const json = safeJson(hostile);
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(hostile);
  });

  test('placeholders in a source are no placeholders', async () => {
    const { html } = await pageOf(makeProject({ 'poller.ts': POLLER.replace('this.running = true;', () => "this.running = '{{style}} $&' as never;") }));
    expect(html).toContain('{{style}} $&');
    expect(html.match(/--ground: light-dark/g)).toHaveLength(1);
  });
});
