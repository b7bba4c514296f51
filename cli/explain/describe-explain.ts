import { Command, Option } from 'commander';

const EXAMPLES = `
  lifecycle-codemod explain src/worker.ts              every service of the file
  lifecycle-codemod explain src/worker.ts:Worker       one class
  lifecycle-codemod explain --format json src/worker.ts
`;

/** `lifecycle-codemod explain` with its options, for parsing, help and completion. */
export function describeExplain(): Command {
  return new Command('lifecycle-codemod explain')
    .usage('[options] <file>[:Class]...')
    .description('Says what is known of a service: its sides, its lock, its state, what it acquires and releases, where two calls collide, what each rule says, and why a rule is silent.')
    .argument('[files...]', 'files, each with the name of a class behind a colon or without')
    .addOption(new Option('--format <format>', 'text (default) or json').choices(['text', 'json']))
    .addOption(new Option('--json', 'short for --format json').conflicts('format'))
    .helpOption('-h, --help', 'print this')
    .configureHelp({ optionDescription: ({ description }) => description })
    .addHelpText('after', EXAMPLES)
    .exitOverride();
}
