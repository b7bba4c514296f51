import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { defaultEngine } from '../../cli/default-engine.ts';
import { makeProject, run } from './project.ts';

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, stdout, stderr } = await run('/', ['completion', shell], defaultEngine);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

/** What bash offers for a line, the cursor at its end, in the words that readline makes of it. */
async function offered(words: readonly string[], cwd = '/'): Promise<readonly string[]> {
  const line = ['lifecycle-codemod', ...words].map((word) => `'${word}'`).join(' ');
  const program = `${await scriptFor('bash')}\nCOMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _lifecycle_codemod; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', program], { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('bash', () => {
  test.each([
    [['--dr'], ['--drain-timeout', '--dry-run']],
    [['src', '--check', '--for'], ['--formatter', '--format']],
    [['--format', ''], ['text', 'json', 'github', 'sarif', 'markdown']],
    [['--format', '=', 's'], ['sarif']],
    [['--format', '='], ['text', 'json', 'github', 'sarif', 'markdown']],
    [['--lock', 'in'], ['inline']],
    [['--codemod', 'add-d'], ['add-drain-timeout']],
  ])('%j', async (words, candidates) => {
    expect((await offered(words)).toSorted()).toEqual([...candidates].sort());
  });

  test('offers files where an option needs no value', async () => {
    const { root } = makeProject({ 'src/a.ts': '', 'settings.ts': '' });
    expect((await offered(['--check', 's'], root)).toSorted()).toEqual(['settings.ts', 'src']);
  });
});

/** Each shell that is installed reads its own script. */
test.each(['bash', 'zsh', 'fish'])('%s takes the script', async (shell) => {
  const script = await scriptFor(shell);
  expect(script).toMatch(shell === 'fish' ? /-l codemod -x -a '.*release-timers/ : /--codemod.*release-timers/);
  // Not through a pipe: that of Node is a socket, which fish does not take for a file.
  const { error, status, stderr } = spawnSync(shell, ['-n', makeProject({ script }).at('script')], { encoding: 'utf8' });
  if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

const hasFish = spawnSync('fish', ['--version']).error === undefined;

test.runIf(hasFish).each([
  ['--fo', ['--format', '--formatter']],
  ['--format s', ['sarif']],
  ['--codemod add-d', ['add-drain-timeout']],
])('fish completes %s', async (words, candidates) => {
  const program = `${await scriptFor('fish')}\ncomplete -C 'lifecycle-codemod ${words}'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n').map((line) => line.replace(/\t.*/, '')).sort()).toEqual(candidates);
});

const hasZsh = spawnSync('zsh', ['--version']).error === undefined;

test.runIf(hasZsh)('zsh hears of each option once', async () => {
  const program = `compdef() { : }; _arguments() { printf '%s\\n' "$@" }\n${await scriptFor('zsh')}\n_lifecycle_codemod`;
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(lines).toContain("--tsconfig[use-await-using\\: add ESNext.Disposable to the tsconfig's lib where it is needed]");
  expect(lines).toContain('(-d --dry-run)--dry-run[print the diff, write nothing]');
  expect(lines.filter((line) => !/^-s$|^\*:path:_files$|^(?:\(-\S+ --\S+\)|\*)?--?[\w-]+=?\[.+\](?::value:\(.*\))?$/.test(line))).toEqual([]);
});

test('zsh and fish say what each option does', async () => {
  expect(await scriptFor('zsh')).toContain("'(-d --dry-run)'{-d,--dry-run}'[print the diff, write nothing]' \\\n");
  expect(await scriptFor('zsh')).toContain("'--lock=[auto\\: a lock library the project has, else async-mutex (default); inline\\: a small file in its sources]:value:(auto inline)' \\\n");
  expect(await scriptFor('fish')).toContain("complete -c lifecycle-codemod -s d -l dry-run -d 'print the diff, write nothing'\n");
  expect(await scriptFor('fish')).toContain("-d 'use-await-using: add ESNext.Disposable to the tsconfig\\'s lib where it is needed'\n");
});

test.each([
  [['completion', 'fsh'], "there is no completion for 'fsh' (did you mean fish?): one of bash, fish, zsh, as in lifecycle-codemod completion bash"],
  [['completion'], 'completion needs the name of a shell: one of bash, fish, zsh, as in lifecycle-codemod completion bash'],
])('%j fails with one line', async (argv, message) => {
  expect(await run('/', argv)).toEqual({ exitCode: 2, stdout: '', stderr: `lifecycle-codemod: ${message}\n` });
});

test('a folder of that name is a path', async () => {
  const { root } = makeProject({ 'completion/a.ts': 'class A {}' });
  expect((await run(root, ['completion', '--check'])).stdout).toBe('completion/a.ts\n');
});
