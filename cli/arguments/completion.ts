import type { Command, Option } from 'commander';
import type { Codemod } from '../../codemods/codemod.ts';
import { CliError } from '../cli-error.ts';
import { describeExplain } from '../explain/describe-explain.ts';
import { describeReport } from '../inventory/describe-report.ts';
import { describeCommand } from './describe-command.ts';
import { suggest } from './did-you-mean.ts';

type Named = Pick<Codemod, 'description' | 'name'>;

/** An option as a shell has to know it. */
interface Flag {
  readonly names: readonly string[];
  readonly description: string;
  /** What it may be set to; `files` where that is the name of a file, and undefined for a switch. */
  readonly values: 'files' | readonly string[] | undefined;
  /** Whether several values follow it. */
  readonly isList: boolean;
}

/** A first word with options of its own. */
interface Subcommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** What it offers beside them: files where nothing is said. */
  readonly words?: readonly string[];
}

/** What the whole command takes. */
interface Grammar {
  readonly flags: readonly Flag[];
  readonly subcommands: readonly Subcommand[];
}

const SHELLS = { bash: bashScript, fish: fishScript, zsh: zshScript };

/** The script that completes the command in a shell; what it offers beside options, their values and subcommands is files. Throws a CliError for another shell. */
export function completionScript(shell: string | undefined, codemods: readonly Named[]): string {
  const known = Object.keys(SHELLS);
  if (shell === undefined || !Object.hasOwn(SHELLS, shell)) {
    const what = shell === undefined ? 'completion needs the name of a shell' : `there is no completion for '${shell}'${suggest(shell, known)}`;
    throw new CliError(`${what}: one of ${known.join(', ')}, as in lifecycle-codemod completion bash`);
  }
  return SHELLS[shell as keyof typeof SHELLS]({
    flags: flagsOf(describeCommand(codemods[0]?.name ?? 'name'), codemods.map(({ name }) => name)),
    subcommands: [
      { name: 'explain', description: 'what is known of a service, and why a rule is silent', flags: flagsOf(describeExplain()) },
      { name: 'report', description: 'every service, and what each has and lacks', flags: flagsOf(describeReport()) },
      { name: 'completion', description: 'print the script that completes options', flags: [], words: known },
    ],
  });
}

function flagsOf(command: Command, codemods: readonly string[] = []): readonly Flag[] {
  const options = command.createHelp().visibleOptions(command);
  return options.map((option: Option): Flag => ({
    names: [option.short, option.long].filter((name) => name != null),
    description: option.description,
    values: option.required ? (option.long === '--codemod' ? codemods : option.flags.endsWith('<file>') ? 'files' : (option.argChoices ?? [])) : undefined,
    isList: option.variadic,
  }));
}

function bashScript({ flags, subcommands }: Grammar): string {
  const branch = (pattern: string, own: readonly Flag[], words?: readonly string[]): string => {
    const cases = own.flatMap(({ names, values }) => (values === undefined || values === 'files' ? [] : [`        ${names.join('|')}) options='${values.join(' ')}' kind=values;;\n`]));
    const value = own.flatMap(({ names, values }) => (values === 'files' ? names : []));
    const files = value.length === 0 ? '' : `        ${value.join('|')}) kind=files;;\n`;
    const choice = cases.length + files.length === 0 ? '' : `      case $previous in\n${cases.join('')}${files}      esac;;\n`;
    return `    ${pattern})\n      options='${(words ?? own.flatMap(({ names }) => names)).join(' ')}'${words === undefined ? '' : ' kind=values;;'}\n${choice}`;
  };
  return `# lifecycle-codemod completion bash >> ~/.bashrc
_lifecycle_codemod() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' options='' kind=''
  # --lock=inline comes in three words.
  [[ $current == '=' ]] && current=''
  [[ $previous == '=' ]] && previous=\${COMP_WORDS[COMP_CWORD-2]}
  (( COMP_CWORD > 1 )) && command=\${COMP_WORDS[1]}
  case $command in
${subcommands.map(({ name, flags: own, words }) => branch(name, own, words)).join('')}${branch('*', flags)}  esac
  if [[ $kind == values || ( -z $kind && $current == -* ) ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    return
  fi
  local words=''
  (( COMP_CWORD == 1 )) && words='${subcommands.map(({ name }) => name).join(' ')}'
  words=$(compgen -W "$words" -- "$current")
  # A name of a file may have spaces in it.
  local IFS=$'\\n'
  COMPREPLY=($words $(compgen -f -- "$current"))
}
complete -o filenames -F _lifecycle_codemod lifecycle-codemod
`;
}

function zshScript({ flags, subcommands }: Grammar): string {
  const quote = (text: string): string => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`).replaceAll("'", String.raw`'\''`);
  const specs = (own: readonly Flag[]): string =>
    own
      .map(({ names, description, values, isList }) => {
        const takesValue = values !== undefined;
        const head = names.length > 1 ? `'(${names.join(' ')})'{${names.join(',')}}'` : `'${isList ? '*' : ''}${names.join('')}${takesValue && !isList ? '=' : ''}`;
        const value = values === undefined ? '' : values === 'files' ? ':file:_files' : `:value:(${values.join(' ')})`;
        return `        ${head}[${quote(description)}]${value}' \\\n`;
      })
      .join('');
  const branches = subcommands.map(({ name, flags: own, words }) => `      ${name}) _arguments -s \\\n${specs(own)}        '*:${words === undefined ? 'path:_files' : `value:(${words.join(' ')})`}'; return;;\n`);
  return `#compdef lifecycle-codemod
# lifecycle-codemod completion zsh > "\${fpath[1]}/_lifecycle-codemod"
_lifecycle_codemod() {
  if (( CURRENT > 2 )) && [[ $words[2] == (${subcommands.map(({ name }) => name).join('|')}) ]]; then
    local command=$words[2]
    words[2]=()
    (( CURRENT-- ))
    case $command in
${branches.join('')}    esac
  fi
  local -a commands=(${subcommands.map(({ name, description }) => `'${name}:${quote(description)}'`).join(' ')})
  _arguments -s \\
${specs(flags)}        '1:path:{ _describe command commands; _files }' \\
        '*:path:_files'
}
if [[ $funcstack[1] == _lifecycle-codemod ]]; then _lifecycle_codemod "$@"; else compdef _lifecycle_codemod lifecycle-codemod; fi
`;
}

function fishScript({ flags, subcommands }: Grammar): string {
  const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const complete = (rest: string): string => `complete -c lifecycle-codemod ${rest}\n`;
  const lines = (own: readonly Flag[], condition: string): readonly string[] =>
    own.map(({ names, description, values }) => {
      const switches = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
      const value = values === undefined ? '' : values === 'files' ? ' -r -F' : ` -x${values.length > 0 ? ` -a ${quote(values.join(' '))}` : ''}`;
      return complete(`-n ${quote(condition)} ${switches.join(' ')}${value} -d ${quote(description)}`);
    });
  const commands = subcommands.map(({ name, description }) => complete(`-n __fish_use_subcommand -a ${name} -d ${quote(description)}`));
  const own = subcommands.flatMap(({ name, flags: options, words }) => {
    const condition = `__fish_seen_subcommand_from ${name}`;
    return [...lines(options, condition), ...(words === undefined ? [] : [complete(`-n ${quote(condition)} -f -a ${quote(words.join(' '))}`)])];
  });
  const usual = lines(flags, `not __fish_seen_subcommand_from ${subcommands.map(({ name }) => name).join(' ')}`);
  return `# lifecycle-codemod completion fish > ~/.config/fish/completions/lifecycle-codemod.fish\n${[...commands, ...own, ...usual].join('')}`;
}
