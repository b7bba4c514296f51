import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../../cli/default-engine.ts';
import { makeProject, run } from '../project.ts';
import { OWNER, POLLER, SYNCHRONOUS } from './samples.ts';

interface Document {
  readonly preset: string;
  readonly filesRead: number;
  readonly services: readonly { readonly marks: Readonly<Record<string, string>>; readonly explanation: { readonly file: string; readonly line: number; readonly service: string } }[];
  readonly skipped: readonly { readonly file: string }[];
  readonly problems: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

const report = (root: string, ...argv: readonly string[]) => run(root, ['report', ...argv], defaultEngine);

async function documentOf(root: string, ...argv: readonly string[]): Promise<Document> {
  const { stdout } = await report(root, ...argv, '--format', 'json');
  return JSON.parse(stdout) as Document;
}

describe('the table', () => {
  test('has a row for each service, with a mark for each requirement that is asked of any', async () => {
    const { root } = makeProject({ 'src/poller.ts': POLLER, 'src/beeper.ts': SYNCHRONOUS, 'src/none.ts': 'export const one = 1;\n' });
    const { exitCode, stdout, stderr } = await report(root, 'src');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [head = '', ...rows] = stdout.split('\n');
    expect(head).toMatch(/^service +kind +lock +.*at$/);
    const lock = head.indexOf('lock');
    const cells = rows.slice(0, 2).map((row) => [row.split(' ', 1).join(''), row.slice(lock).split(' ', 1).join(''), row.split(' ').at(-1)]);
    expect(cells).toEqual([
      ['Beeper', '-', 'src/beeper.ts:1'],
      ['Poller', 'no', 'src/poller.ts:3'],
    ]);
    expect(rows.slice(2)).toEqual(['', '2 services in 3 files, 1 lacks something (recommended)', 'yes: it has it   no: it lacks it   ?: cannot be told from the file   -: not asked of it', '']);
  });

  test('says so where there is no service', async () => {
    const { root } = makeProject({ 'one.ts': 'export const one = 1;\n' });
    expect(await report(root, '.')).toEqual({ exitCode: 0, stdout: '0 services in 1 file, 0 lack something (recommended)\n', stderr: '' });
  });

  test('a file that cannot be parsed is named, and leaves the others alone', async () => {
    const { root } = makeProject({ 'broken.ts': 'class A { async start() { await 1; } async stop() {\n', 'poller.ts': POLLER });
    const { exitCode, stdout } = await report(root, '.');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^broken\.ts:2: cannot be parsed: /m);
    expect(stdout).toMatch(/^Poller /m);
  });

  test('control characters in a name stay out of the terminal', async () => {
    const { root } = makeProject({ 'po\u001B[31mller.ts': POLLER });
    const { stdout } = await report(root, '.');
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain(String.raw`po\u{1b}[31mller.ts:3`);
  });
});

describe('the document', () => {
  test('holds marks and explanation of each service, and changes nothing', async () => {
    const { root, read } = makeProject({ 'poller.ts': POLLER, 'owner.ts': OWNER });
    const { filesRead, preset, services } = await documentOf(root, '.');
    expect({ filesRead, preset }).toEqual({ filesRead: 2, preset: 'recommended' });
    expect(services.map(({ explanation: { file, line, service }, marks }) => [service, `${file}:${line}`, marks['lock']])).toEqual([
      ['Owner', 'owner.ts:4', 'yes'],
      ['Poller', 'poller.ts:3', 'no'],
    ]);
    expect(read('poller.ts')).toBe(POLLER);
  });

  test('what only the strict preset asks for is a lack only there', async () => {
    const { root } = makeProject({ 'beeper.ts': SYNCHRONOUS.replace('clearInterval', 'await undefined; clearInterval') });
    const marksUnder = async (preset: string) => (await documentOf(root, '.', '--preset', preset)).services.map(({ marks }) => marks['dispose']);
    expect(await marksUnder('recommended')).toEqual(['not asked']);
    expect(await marksUnder('strict')).toEqual(['no']);
  });

  test('settings and .gitignore hold as they do for every run', async () => {
    const named = POLLER.replaceAll('start(', 'boot(').replaceAll('stop(', 'halt(');
    const { root } = makeProject({ '.gitignore': 'ignored\n', 'ignored/poller.ts': POLLER, 'plain/poller.ts': named, 'told/poller.ts': named, 'told/lifecycle.config.json': '{ "pairs": [["boot", "halt"]] }' });
    const { services } = await documentOf(root, '.');
    expect(services.map(({ explanation }) => explanation.file)).toEqual(['told/poller.ts']);
  });
});

describe('the command line', () => {
  test.each([
    [[], 'report needs paths, as in lifecycle-codemod report src'],
    [['nowhere'], 'nowhere: no such file or folder'],
    [['.', '--fromat', 'json'], "unknown option '--fromat' (did you mean --format?)"],
    [['.', '--format', 'xml'], "option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json."],
    [['.', '--html', 'poller.ts'], '--html poller.ts exists and is no HTML page: choose another name'],
    [['.', '--html', '.'], '--html . is no file; name one, as in --html lifecycle.html'],
  ])('%j', async (argv, message) => {
    const { root, read } = makeProject({ 'poller.ts': POLLER });
    const { exitCode, stdout, stderr } = await report(root, ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(read('poller.ts')).toBe(POLLER);
  });

  test('a missing folder is not made', async () => {
    const { root, at } = makeProject({ 'poller.ts': POLLER });
    const { exitCode, stderr } = await report(root, '.', '--html', 'out/page.html');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--html out/page.html: there is no folder ');
    expect(existsSync(at('out'))).toBe(false);
  });

  test('a folder called report is reported on as ./report', async () => {
    const { root } = makeProject({ 'report/poller.ts': POLLER });
    const { services } = await documentOf(root, './report');
    expect(services.map(({ explanation }) => explanation.file)).toEqual(['report/poller.ts']);
  });

  test('--help', async () => {
    const { exitCode, stdout } = await report('/', '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: lifecycle-codemod report [options] <paths...>');
  });
});
