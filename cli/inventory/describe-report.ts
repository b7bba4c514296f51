import { Command, Option } from 'commander';

/** `lifecycle-codemod report` with its options. */
export function describeReport(): Command {
  return new Command('lifecycle-codemod report')
    .usage('[options] <paths...>')
    .description('Lists all services, and what each has and lacks. It changes no source file.')
    .argument('<paths...>', 'files, folders and globs')
    .option('--html <file>', 'write a page of its own, with the state machine, the race windows and the mending diff of each service')
    .addOption(new Option('--preset <name>', 'whose reports count as lacks').choices(['recommended', 'strict']).default('recommended'))
    .option('--since <ref>', 'only files changed since the branch left this commit, branch or tag, and new ones')
    .addOption(new Option('--staged', 'only files that are staged for the next commit').conflicts('since'))
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(new Option('--json', 'short for --format json').conflicts('format'))
    .helpOption('-h, --help', 'print this')
    .exitOverride();
}
