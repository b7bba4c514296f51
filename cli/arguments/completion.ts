import type { Command, Option } from 'commander';
import type { Codemod } from '../../codemods/codemod.ts';
import { CliError } from '../cli-error.ts';
import { describeCommand } from './describe-command.ts';
import { suggest } from './did-you-mean.ts';

type Named = Pick<Codemod, 'description' | 'name'>;

/** An option as a shell has to know it. */
interface Flag {
  readonly names: readonly string[];
  readonly description: string;
  readonly values: readonly string[];
  readonly takesValue: boolean;
  /** Whether several values follow it. */
  readonly isList: boolean;
}

const SHELLS = { bash: bashScript, fish: fishScript, zsh: zshScript };

/** The script that completes the command in a shell; what it offers beside options and their values is files. Throws a CliError for another shell. */
export function completionScript(shell: string | undefined, codemods: readonly Named[]): string {
  const known = Object.keys(SHELLS);
  if (shell === undefined || !Object.hasOwn(SHELLS, shell)) {
    const what = shell === undefined ? 'completion needs the name of a shell' : `there is no completion for '${shell}'${suggest(shell, known)}`;
    throw new CliError(`${what}: one of ${known.join(', ')}, as in lifecycle-codemod completion bash`);
  }
  const command = describeCommand(codemods[0]?.name ?? 'name');
  return SHELLS[shell as keyof typeof SHELLS](flagsOf(command, codemods));
}

function flagsOf(command: Command, codemods: readonly Named[]): readonly Flag[] {
  const names = codemods.map(({ name }) => name);
  const options = command.createHelp().visibleOptions(command);
  return options.map((option: Option): Flag => ({
    names: [option.short, option.long].filter((name) => name != null),
    description: option.description,
    values: option.long === '--codemod' ? names : (option.argChoices ?? []),
    takesValue: option.required,
    isList: option.variadic,
  }));
}

function bashScript(flags: readonly Flag[]): string {
  const cases = flags
    .filter(({ takesValue }) => takesValue)
    .map(({ names, values }) => `    ${names.join('|')}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return;;\n`);
  return `# lifecycle-codemod completion bash >> ~/.bashrc
_lifecycle_codemod() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  # --lock=inline comes in three words.
  [[ $current == '=' ]] && current=''
  [[ $previous == '=' ]] && previous=\${COMP_WORDS[COMP_CWORD-2]}
  case $previous in
${cases.join('')}  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W '${flags.flatMap(({ names }) => names).join(' ')}' -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _lifecycle_codemod lifecycle-codemod
`;
}

function zshScript(flags: readonly Flag[]): string {
  const quote = (text: string): string => text.replaceAll(/[[\]:\\]/g, String.raw`\$&`).replaceAll("'", String.raw`'\''`);
  const lines = flags.map(({ names, description, values, takesValue, isList }) => {
    const head = names.length > 1 ? `'(${names.join(' ')})'{${names.join(',')}}'` : `'${isList ? '*' : ''}${names.join('')}${takesValue && !isList ? '=' : ''}`;
    const value = takesValue ? `:value:(${values.join(' ')})` : '';
    return `    ${head}[${quote(description)}]${value}' \\\n`;
  });
  return `#compdef lifecycle-codemod
# lifecycle-codemod completion zsh > "\${fpath[1]}/_lifecycle-codemod"
_lifecycle_codemod() {
  _arguments -s \\
${lines.join('')}    '*:path:_files'
}
if [[ $funcstack[1] == _lifecycle-codemod ]]; then _lifecycle_codemod "$@"; else compdef _lifecycle_codemod lifecycle-codemod; fi
`;
}

function fishScript(flags: readonly Flag[]): string {
  const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const lines = flags.map(({ names, description, values, takesValue }) => {
    const switches = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
    const value = takesValue ? ` -x${values.length > 0 ? ` -a ${quote(values.join(' '))}` : ''}` : '';
    return `complete -c lifecycle-codemod ${switches.join(' ')}${value} -d ${quote(description)}\n`;
  });
  return `# lifecycle-codemod completion fish > ~/.config/fish/completions/lifecycle-codemod.fish\n${lines.join('')}`;
}
