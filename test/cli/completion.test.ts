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
    [['src', '--wo'], ['--workers']],
    [['--codemod', 'add-d'], ['add-drain-timeout']],
    [['ex'], ['explain']],
    [['explain', '--'], ['--format', '--json', '--help']],
    [['explain', '--format', ''], ['text', 'json']],
    [['report', '--ht'], ['--html']],
    [['report', 'src', '--preset', '=', 's'], ['strict']],
    [['report', '--codemod'], ['']],
    [['completion', ''], ['bash', 'fish', 'zsh']],
    [['src', 'report', '--dry'], ['--dry-run']],
  ])('%j', async (words, candidates) => {
    expect((await offered(words)).toSorted()).toEqual([...candidates].sort());
  });

  test('offers files where an option needs no value', async () => {
    const { root } = makeProject({ 'src/a.ts': '', 'settings.ts': '', 'so it is.ts': '', 'report.html': '' });
    expect((await offered(['--check', 's'], root)).toSorted()).toEqual(['settings.ts', 'so it is.ts', 'src']);
    expect((await offered(['report', '--html', 're'], root)).toSorted()).toEqual(['report.html']);
    expect((await offered(['re'], root)).toSorted()).toEqual(['report', 'report.html']);
    expect((await offered(['explain', 'se'], root)).toSorted()).toEqual(['settings.ts']);
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
  ['expl', ['explain']],
  ['explain --', ['--format', '--help', '--json']],
  ['report --pre', ['--preset']],
  ['report --preset s', ['strict']],
  ['report --codem', ['']],
  ['completion ', ['bash', 'fish', 'zsh']],
])('fish completes %s', async (words, candidates) => {
  const program = `${await scriptFor('fish')}\ncomplete -C 'lifecycle-codemod ${words}'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n').map((line) => line.replace(/\t.*/, '')).sort()).toEqual(candidates);
});

const hasZsh = spawnSync('zsh', ['--version']).error === undefined;

/** Types a line and a tab into an interactive zsh, and writes what its completion offers. */
const ZSH_AT_WORK = String.raw`
zmodload zsh/zpty
zpty shell zsh -f -i
await() { zpty -r -m shell seen "*$1*" }
zpty -w shell 'PROMPT= RPROMPT=; stty -echo; autoload -Uz compinit && compinit -u -D; zle -C offer complete-word offer; bindkey "^I" offer; source ./script; echo re""ady'
await ready
zpty -w shell 'compadd() { [[ " $* " == *" -"[OAD]" "* ]] && { builtin compadd "$@"; return }; local -a found; builtin compadd -A found "$@"; (( $#found )) && print -rl -- "<"$^found">"; return 1 }; offer() { _main_complete; print "the end" }; echo re""ady'
await ready
zpty -w -n shell "lifecycle-codemod $1"$'\t'
await 'the end'
print -r -- $seen
`;

test.runIf(hasZsh).each([
  ['--fo', ['--format', '--formatter']],
  ['--format s', ['sarif']],
  ['expl', ['explain']],
  ['report --pre', ['--preset']],
  ['report --preset s', ['strict']],
  ['report --html pag', ['page.html']],
  ['report src --codem', []],
  ['explain --format ', ['json', 'text']],
  ['completion ', ['bash', 'fish', 'zsh']],
])('zsh completes %s', async (words, candidates) => {
  const { root } = makeProject({ script: await scriptFor('zsh'), 'work.zsh': ZSH_AT_WORK, 'page.html': '' });
  const { stdout, stderr } = spawnSync('zsh', ['-f', 'work.zsh', words], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  expect(stderr).toBe('');
  expect(stdout).toContain('the end');
  const found = Array.from(stdout.matchAll(/<(.+?)>/g), ([, word = '']) => word.replace(/=$/, ''));
  expect([...new Set(found)].sort()).toEqual(candidates);
});

test.runIf(hasZsh).each([
  [[], "--tsconfig[use-await-using\\: add ESNext.Disposable to the tsconfig's lib where it is needed]"],
  [['report'], '--html=[write a page of its own, with the state machine, the race windows and the mending diff of each service]:file:_files'],
])('zsh hears of each option once: %j', async (words, told) => {
  const program = `compdef() { : }; _arguments() { printf '%s\\n' "$@" }\nwords=(lifecycle-codemod ${words.join(' ')} -); CURRENT=$#words\n${await scriptFor('zsh')}\n_lifecycle_codemod`;
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(lines).toContain(told);
  expect(lines).toContain('(-h --help)--help[print this]');
  expect(lines.filter((line) => !/^-s$|^[1*]:path:.+$|^(?:\(-\S+ --\S+\)|\*)?--?[\w-]+=?\[.+\](?::(?:value:\(.*\)|file:_files))?$/.test(line))).toEqual([]);
  expect(new Set(lines).size).toBe(lines.length);
});

test('zsh and fish say what each option does', async () => {
  expect(await scriptFor('zsh')).toContain("'(-d --dry-run)'{-d,--dry-run}'[print the diff, write nothing]' \\\n");
  expect(await scriptFor('zsh')).toContain("'--lock=[auto\\: a lock library the project has, else async-mutex (default); inline\\: a small file in its sources]:value:(auto inline)' \\\n");
  expect(await scriptFor('fish')).toContain(" -s d -l dry-run -d 'print the diff, write nothing'\n");
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
