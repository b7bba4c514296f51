import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result as SarifResult, Run } from 'sarif';
import type { CliError, ExitCode } from '../cli-error.ts';
import { findRepository } from '../version-control/find-repository.ts';
import type { Output } from '../io.ts';
import type { Problem } from '../problem.ts';
import { readVersion } from '../read-version.ts';
import { nameFromRoot, type ReportedRun, type Result, type RuleKnowledge } from './report-results.ts';
import type { fixesOf } from './sarif-fixes.ts';

const HOME = 'https://github.com/eslint-plugin-lifecycle/eslint-plugin-lifecycle';
const ROOT = '%SRCROOT%';

export interface SarifRun extends ReportedRun {
  readonly exitCode: ExitCode;
  readonly pageOf: RuleKnowledge['pageOf'];
  readonly fixes: ReturnType<typeof fixesOf>;
}

/** The results of a run as SARIF 2.1.0. Problems are notifications: they are about the run and not about the code. */
export function reportSarif({ results, fixes, stale, problems, exitCode, pageOf, cwd }: SarifRun, stdout: Output): void {
  const names = [...new Set(results.map(({ rule }) => rule))].sort();
  // With the first of its file only: who applies every fix applies it once.
  const mended = results.filter(({ kind }) => kind === 'mend');
  const firsts = new Map(mended.toReversed().map((result) => [result.file, result]));
  const notifications = [...stale.map((problem) => notificationOf(problem, 'warning', cwd)), ...problems.map((problem) => notificationOf(problem, 'error', cwd))];
  write(stdout, {
    tool: { driver: { ...driver(), rules: names.map((name) => descriptorOf(name, pageOf)) } },
    originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(findRepository(cwd) ?? cwd).href}/` } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r', '\u2028', '\u2029'],
    invocations: [{ executionSuccessful: problems.length === 0, exitCode, toolExecutionNotifications: notifications }],
    results: results.map((result) => ({ ...sarifResult(result, names.indexOf(result.rule)), ...(firsts.get(result.file) === result && fixesFor(result.file, fixes)) })),
  });
}

/** The failure of a run as a log without results. */
export function reportSarifError({ exitCode, message }: CliError, stdout: Output): void {
  write(stdout, {
    tool: { driver: driver() },
    invocations: [{ executionSuccessful: false, exitCode, toolExecutionNotifications: [{ level: 'error', message: { text: message } }] }],
  });
}

function write(stdout: Output, run: Run): void {
  const log: Log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  stdout.write(`${JSON.stringify(log, undefined, 2)}\n`);
}

function driver(): Run['tool']['driver'] {
  return { name: 'lifecycle-codemod', version: readVersion(), informationUri: HOME };
}

function descriptorOf(id: string, pageOf: RuleKnowledge['pageOf']): ReportingDescriptor {
  const page = pageOf(id.slice(id.indexOf('/') + 1));
  if (page === undefined) return { id };
  const { description, url } = page;
  return {
    id,
    shortDescription: { text: `${description}.` },
    helpUri: url,
    help: { text: `${description}. ${url}`, markdown: `${description}. [What it reports, and how to mend it](${url})` },
    defaultConfiguration: { level: 'warning' },
  };
}

function sarifResult(result: Result, ruleIndex: number): SarifResult {
  const { rule, kind, message, fingerprint, related, file, service } = result;
  const physicalLocation = physicalLocationOf(file, result);
  return {
    ruleId: rule,
    ruleIndex,
    level: kind === 'mend' ? 'warning' : 'note',
    message: { text: message },
    locations: [{ physicalLocation, logicalLocations: [{ name: service }] }],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id): Location => ({ id, message: { text: other.message }, physicalLocation: physicalLocationOf(file, other) })),
    }),
    // GitHub looks at the first only, and would hash the line and those round it itself.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'lifecycleCause/v1': fingerprint },
    ...(kind === 'acknowledged' && { suppressions: [{ kind: 'inSource', status: 'accepted', ...(result.reason !== undefined && result.reason !== '' && { justification: result.reason }) }] }),
    properties: { codemod: result.codemod, mendable: kind === 'mend' },
  };
}

function fixesFor(file: string, fixes: SarifRun['fixes']): Pick<SarifResult, 'fixes'> {
  const fix = fixes.get(file);
  return fix === undefined ? {} : { fixes: [{ description: fix.description, artifactChanges: [{ artifactLocation: artifactOf(file), replacements: fix.replacements }] }] };
}

function artifactOf(file: string): ArtifactLocation {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function notificationOf({ file, line, column, message }: Problem, level: 'error' | 'warning', cwd: string): Notification {
  return { level, message: { text: message }, locations: [{ physicalLocation: physicalLocationOf(nameFromRoot(file, cwd), { line, column }) }] };
}

interface Region {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

function physicalLocationOf(file: string, { line, column, endLine, endColumn }: Region): PhysicalLocation {
  return {
    artifactLocation: artifactOf(file),
    ...(line !== undefined && {
      region: { startLine: line, ...(column !== undefined && { startColumn: column }), ...(endLine !== undefined && { endLine }), ...(endColumn !== undefined && { endColumn }) },
    }),
  };
}
