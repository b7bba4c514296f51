#!/usr/bin/env node
/**
 * Scores a run of eslint-plugin-lifecycle against the hand labels: per rule, what it found, what it invented, what it missed.
 *
 * Run it from a project that has `oxc-parser` or `@typescript-eslint/typescript-estree` installed; it resolves one of them from the
 * current working directory. `node score.mjs --help` shows the options, README.md what the columns mean.
 */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import RULES from './label-rules.json' with { type: 'json' };

const USAGE = `Usage: node score.mjs --labels <labels.json> --results <eslint.json> --sources <dir> [options]

  --labels <file>     labelled classes
  --callsites <file>  labelled call sites, signal handlers and child processes
  --results <file>    what \`eslint --format json\` printed
  --sources <dir>     one folder per repository, <owner>+<name>/, as checkout.mjs lays them out
  --preset <name>     recommended (default): expects the hazards. strict: expects the literal findings too
  --rules <names>     the rules there are, without prefix, by commas; labels that none of them is about are left out
  --verbose           also lists each wrong report (FP) and each miss (FN)
  --json <file>       writes everything, with the verdict on every finding
  --help              prints this`;

const PREFIX = 'lifecycle/';

/** Row of the rules that no label is about. Their reports are judged only on classes that must be left alone. */
const OTHER = 'other';
const CODE_OF = new Map(Object.entries(RULES).flatMap(([code, rules]) => rules.map((rule) => [rule, code])));
/** What --rules names; empty stands for all of them. */
const known = new Set();
const isJudged = (code) => known.size === 0 || RULES[code].some((rule) => known.has(rule));
/** How far a report may be from the lines a label names and still count as being at them. */
const LINE_SLACK = 3;

class UserError extends Error {}

// --- Reading what was given ------------------------------------------------------------------------------------------

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        labels: { type: 'string' },
        callsites: { type: 'string' },
        results: { type: 'string' },
        sources: { type: 'string' },
        preset: { type: 'string', default: 'recommended' },
        rules: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UserError(`${error.message}\n\n${USAGE}`);
  }
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  for (const name of ['labels', 'results', 'sources']) {
    if (values[name] === undefined) throw new UserError(`--${name} is missing\n\n${USAGE}`);
  }
  if (!['recommended', 'strict'].includes(values.preset)) {
    throw new UserError(`--preset must be recommended or strict, not ${values.preset}`);
  }
  for (const rule of values.rules?.split(',') ?? []) known.add(rule);
  if (!existsSync(values.sources)) throw new UserError(`--sources ${values.sources} does not exist; checkout.mjs lays it out`);
  return values;
}

function readList(file, what) {
  let value;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} (${what}) cannot be read: ${error.message}`);
  }
  if (!Array.isArray(value)) throw new UserError(`${file} (${what}) is not a JSON array`);
  return value;
}

const fileKey = ({ repo, path }) => `${repo.replace('/', '+')}/${path}`;

const posix = (path) => path.replaceAll('\\', '/');

/** Path of a linted file below the sources folder, also when it was linted in a copy of that folder elsewhere. */
function keyOf(filePath, sources, labelled) {
  const absolute = isAbsolute(filePath) ? filePath : resolve(filePath);
  const real = existsSync(absolute) ? realpathSync(absolute) : absolute;
  const below = posix(relative(sources, real));
  if (!below.startsWith('..') && !isAbsolute(below)) return below;
  const parts = posix(filePath).split('/');
  for (const [index, part] of parts.entries()) {
    const key = parts.slice(index).join('/');
    if (part.includes('+') && labelled.has(key)) return key;
  }
  return posix(filePath);
}

// --- Where a class begins and ends -----------------------------------------------------------------------------------

const importFrom = (path) => import(pathToFileURL(path).href);

/** The parsers found from the working directory, each as `(path, text) => program`, best first. */
async function loadParsers() {
  const here = createRequire(join(process.cwd(), 'noop.js'));
  const parsers = [];
  const attempt = async (name, from, adapt) => {
    try {
      parsers.push(adapt(await importFrom(from.resolve(name))));
    } catch (error) {
      if (!/MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED/.test(error.code ?? '')) {
        console.error(`score: ${name} is installed but does not load: ${error.message.split('\n')[0]}`);
      }
    }
  };
  await attempt('oxc-parser', here, ({ parseSync }) => (path, text) => {
    const { program, errors } = parseSync(path, text);
    if (errors.length > 0 && program.body.length === 0) throw new Error(errors[0].message);
    return program;
  });
  const estree = (module) => (path, text) => (module.parse ?? module.default.parse)(text, { range: true, filePath: path, jsx: /x$/.test(path) });
  await attempt('@typescript-eslint/typescript-estree', here, estree);
  if (parsers.length === 0) {
    // Strict installers do not hoist: go through the package a project does depend on.
    for (const name of ['typescript-eslint', '@typescript-eslint/parser', '@typescript-eslint/utils']) {
      let from;
      try {
        from = createRequire(here.resolve(name));
      } catch {
        continue;
      }
      await attempt('@typescript-eslint/typescript-estree', from, estree);
      if (parsers.length > 0) break;
    }
  }
  if (parsers.length === 0) {
    throw new UserError(
      `no parser: neither oxc-parser nor @typescript-eslint/typescript-estree resolves from ${process.cwd()}\n` +
        'Run this from a project that has one, or `npm install --no-save oxc-parser` here.',
    );
  }
  return parsers;
}

const staticName = (node) => (node?.type === 'Identifier' || node?.type === 'PrivateIdentifier' ? node.name : undefined);

/** The name a class goes by: its own, else that of what it is assigned to. */
function classNames(node, parent) {
  const assigned =
    parent?.type === 'VariableDeclarator' ? staticName(parent.id)
    : parent?.type === 'AssignmentExpression' ? (staticName(parent.left) ?? staticName(parent.left.property))
    : parent?.type === 'Property' || parent?.type === 'PropertyDefinition' ? staticName(parent.key)
    : undefined;
  return [node.id?.name, assigned].filter((name) => name !== undefined);
}

function readClasses(program, text) {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const lineAt = (offset) => {
    let low = 0;
    let high = lineStarts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const start = (node) => node.start ?? node.range[0];
  const end = (node) => node.end ?? node.range[1];
  const classes = [];
  const visit = (node, parent) => {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      const first = Math.min(start(node), ...(node.decorators ?? []).map(start));
      classes.push({ names: classNames(node, parent), from: lineAt(first), at: lineAt(start(node)), to: lineAt(end(node) - 1) });
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'parent' || value === null || typeof value !== 'object') continue;
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === 'string') visit(child, node);
      }
    }
  };
  visit(program, undefined);
  return classes;
}

function parseClasses(parsers, path) {
  const text = readFileSync(path, 'utf8');
  let failure;
  for (const parse of parsers) {
    try {
      return readClasses(parse(path, text), text);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

// --- Units: what is judged -------------------------------------------------------------------------------------------

const toRange = (text) => {
  const [from, to = from] = String(text).split('-').map(Number);
  return { from, to };
};
const within = (line, { from, to }, slack = 0) => line >= from - slack && line <= to + slack;

/** A labelled class or site: where it is, and one finding per label. */
function makeUnit(entry, name, range, site) {
  const labels = Object.entries(entry.labels).filter(([code]) => isJudged(code));
  const findings = labels.map(([code, label]) => ({
    code,
    label,
    ranges: label.lines.map(toRange),
    reports: [],
  }));
  return { entry, name, range, site, findings, byCode: new Map(findings.map((finding) => [finding.code, finding])), others: [] };
}

function classUnit(entry, classes) {
  const named = classes.filter(({ names }) => names.includes(entry.class));
  const found = named.toSorted((a, b) => Math.abs(a.at - entry.line) - Math.abs(b.at - entry.line))[0];
  if (found === undefined) return undefined;
  return makeUnit(entry, entry.class, { from: Math.min(found.from, entry.line), to: found.to }, false);
}

function siteUnit(entry) {
  const lines = [entry.line, entry.startLine ?? entry.line];
  for (const label of Object.values(entry.labels)) for (const { from, to } of label.lines.map(toRange)) lines.push(from, to);
  const name = entry.callee === undefined ? entry.kind : `${entry.callee}.${entry.startMethod}()`;
  return makeUnit(entry, name, { from: Math.min(...lines) - LINE_SLACK, to: Math.max(...lines) + LINE_SLACK }, true);
}

/** The unit a report belongs to: a site with a label for it, else the innermost class around it, else the class whose label names the line. */
function owner(units, code, line) {
  const size = ({ range }) => range.to - range.from;
  const around = units.filter(({ range }) => within(line, range)).toSorted((a, b) => size(a) - size(b));
  return (
    around.find((unit) => unit.site && unit.byCode.has(code)) ??
    around.find((unit) => !unit.site) ??
    units.find((unit) => unit.byCode.get(code)?.ranges.some((range) => within(line, range, LINE_SLACK)))
  );
}

/**
 * Files a report under the finding it is about. Returns false when nothing is labelled there.
 * A lock that does not span both methods is R2 as the rules are cut, but the labels have it under R1, with R2 kept when the lock is used for
 * nothing else. So on a class that has a lock, such a report counts for R1 too, and for R1 alone where R2 is kept.
 */
function file(units, report) {
  const code = CODE_OF.get(report.rule);
  const unit = owner(units, code, report.line);
  if (unit === undefined) return false;
  const finding = unit.byCode.get(code);
  if (finding === undefined) {
    // A call site inside a labelled class has no label of its own; a rule without labels can still be wrong on a negative.
    if (code !== undefined || unit.entry.kind !== 'negative') return false;
    unit.others.push(report);
    return true;
  }
  const whole = unit.byCode.get('R1');
  if (report.rule === 'no-partial-lifecycle-lock' && finding.label.applies && whole?.label.violates) {
    whole.reports.push(report);
    if (!finding.label.violates) return true;
  }
  finding.reports.push(report);
  return true;
}

// --- Judging -----------------------------------------------------------------------------------------------------------

/** TP, FP, FN, literal (reported, not expected of this preset), or silent (rightly). */
function judge({ label, reports }, preset) {
  const reported = reports.length > 0;
  if (!label.violates) return reported ? 'FP' : 'silent';
  if (label.severity === 'literal' && preset === 'recommended') return reported ? 'literal' : 'silent';
  return reported ? 'TP' : 'FN';
}

const atLines = ({ ranges, reports }) => reports.some(({ line }) => ranges.some((range) => within(line, range, LINE_SLACK)));

const newRow = () => ({ expected: 0, quiet: 0, tp: 0, fp: 0, fn: 0, literal: 0, literalOf: 0, atLines: 0, atLinesOf: 0, reports: 0 });

const ratio = (part, whole) => (whole === 0 ? null : part / whole);

function withRatios(row) {
  const precision = ratio(row.tp, row.tp + row.fp);
  const recall = ratio(row.tp, row.tp + row.fn);
  const f1 = precision === null || recall === null ? null : (ratio(2 * precision * recall, precision + recall) ?? 0);
  return { ...row, precision, recall, f1 };
}

function tally(units, preset) {
  const rows = new Map([...Object.keys(RULES), OTHER].map((code) => [code, newRow()]));
  const findings = [];
  const record = (verdict, unit, code, why, line, reports, lines) =>
    findings.push({
      about: unit.byCode.get(code)?.label.rules,
      verdict,
      repo: unit.entry.repo,
      path: unit.entry.path,
      line,
      class: unit.name,
      kind: unit.entry.kind,
      rule: code,
      why,
      lines,
      reports: reports.map(({ rule, line: at, message }) => ({ ruleId: PREFIX + rule, line: at, message })),
    });
  for (const unit of units) {
    for (const finding of unit.findings) {
      const { code, label, ranges, reports } = finding;
      const row = rows.get(code);
      const verdict = judge(finding, preset);
      row.reports += reports.length;
      if (verdict === 'TP' || verdict === 'FN') row.expected++;
      if (!label.violates) row.quiet++;
      if (verdict === 'TP') row.tp++;
      if (verdict === 'FP') row.fp++;
      if (verdict === 'FN') row.fn++;
      if (label.severity === 'literal') {
        row.literalOf++;
        if (reports.length > 0) row.literal++;
      }
      if (verdict === 'TP' && ranges.length > 0) {
        row.atLinesOf++;
        if (atLines(finding)) row.atLines++;
      }
      if (verdict !== 'silent') record(verdict, unit, code, label.why, reports[0]?.line ?? ranges[0]?.from ?? unit.entry.line, reports, label.lines);
    }
    for (const rule of new Set(unit.others.map((report) => report.rule))) {
      const reports = unit.others.filter((report) => report.rule === rule);
      const row = rows.get(OTHER);
      row.fp++;
      row.reports += reports.length;
      record('FP', unit, OTHER, `negative: ${unit.entry.note || 'must be left alone'}`, reports[0].line, reports, []);
    }
  }
  const total = newRow();
  for (const row of rows.values()) for (const key of Object.keys(total)) total[key] += row[key];
  return { rows: new Map([...rows].map(([code, row]) => [code, withRatios(row)])), total: withRatios(total), findings };
}

// --- Printing ----------------------------------------------------------------------------------------------------------

const percent = (value) => (value === null ? '-' : `${(value * 100).toFixed(1)} %`);
const of = (part, whole) => (whole === 0 ? '-' : `${part}/${whole}`);

function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd())
    .join('\n');
}

function printTable({ rows, total }) {
  const cells = (first, second, row) => [
    first,
    second,
    String(row.expected),
    String(row.tp),
    String(row.fn),
    String(row.fp),
    String(row.quiet),
    of(row.literal, row.literalOf),
    of(row.atLines, row.atLinesOf),
    percent(row.precision),
    percent(row.recall),
    percent(row.f1),
  ];
  const lines = [['', 'rules', 'expected', 'TP', 'FN', 'FP', 'quiet', 'literal', 'at lines', 'precision', 'recall', 'F1']];
  for (const [code, row] of rows) {
    if (code === OTHER ? row.fp === 0 : !isJudged(code)) continue;
    lines.push(cells(code, RULES[code]?.join(', ') ?? 'rules without labels', row));
  }
  lines.push(cells('all', '', total));
  console.log(table(lines));
}

const sum = (map) => [...map.values()].reduce((a, b) => a + b, 0);
const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
const breakdown = (map) => [...map].toSorted((a, b) => b[1] - a[1]).map(([key, count]) => `${key} ${count}`).join(', ');

function describe(finding, others) {
  const where = `${finding.repo} ${finding.path}:${finding.line} ${finding.class} ${finding.rule}`;
  const said = finding.reports[0];
  const tail = said === undefined ? others : `${said.ruleId}: ${said.message.replaceAll(/\s+/g, ' ').slice(0, 200)}`;
  return `${finding.verdict}  ${where}  ${finding.why}${tail ? `\n      ${tail}` : ''}`;
}

// --- Main ----------------------------------------------------------------------------------------------------------------

async function main() {
  const options = readOptions();
  const sources = realpathSync(options.sources);
  const classEntries = readList(options.labels, '--labels');
  const siteEntries = options.callsites === undefined ? [] : readList(options.callsites, '--callsites');
  const results = readList(options.results, '--results');
  const parsers = await loadParsers();

  const labelled = new Map();
  for (const entry of [...classEntries, ...siteEntries]) {
    const key = fileKey(entry);
    labelled.set(key, [...(labelled.get(key) ?? []), entry]);
  }

  const messagesOf = new Map();
  const fatal = [];
  const unparsed = new Set();
  const ignored = new Set();
  for (const { filePath, messages } of results) {
    const key = keyOf(filePath, sources, labelled);
    const list = messagesOf.get(key) ?? [];
    for (const { ruleId, fatal: isFatal, line, message } of messages) {
      if (isFatal) {
        fatal.push({ key, line: line ?? 0, message });
        if (message.startsWith('Parsing error')) unparsed.add(key);
      } else if (ruleId === null && /^File ignored/.test(message)) ignored.add(key);
      else if (ruleId?.startsWith(PREFIX)) list.push({ rule: ruleId.slice(PREFIX.length), line, message });
    }
    messagesOf.set(key, list);
  }

  // What cannot be judged is left out of the figures and listed, so that a bad set-up never looks like a bad rule. A rule that throws is
  // judged: its reports on the file are missing.
  const notScored = [];
  const units = [];
  const unitsOf = new Map();
  for (const [key, entries] of labelled) {
    const path = join(sources, key);
    const skip = (reason) => notScored.push(...entries.map((entry) => ({ key, name: entry.class ?? entry.callee ?? entry.kind, reason })));
    if (!existsSync(path)) skip('not in --sources');
    else if (unparsed.has(key)) skip('ESLint could not parse it');
    else if (!messagesOf.has(key) || ignored.has(key)) skip('not in --results');
    else {
      let classes;
      try {
        classes = entries.some((entry) => entry.class !== undefined) ? parseClasses(parsers, path) : [];
      } catch (error) {
        skip(`the parser failed: ${error.message.split('\n')[0]}`);
        continue;
      }
      const own = [];
      for (const entry of entries) {
        const unit = entry.class === undefined ? siteUnit(entry) : classUnit(entry, classes);
        if (unit?.site && unit.findings.length === 0) continue;
        if (unit === undefined) notScored.push({ key, name: entry.class, reason: 'no class of that name in the file' });
        else own.push(unit);
      }
      unitsOf.set(key, own);
      units.push(...own);
    }
  }

  const unlabelled = new Map();
  let reports = 0;
  for (const [key, messages] of messagesOf) {
    for (const message of messages) {
      reports++;
      if (!file(unitsOf.get(key) ?? [], message)) add(unlabelled, message.rule);
    }
  }

  const score = tally(units, options.preset);
  const classUnits = units.filter(({ site }) => !site);
  const negatives = classUnits.filter(({ entry }) => entry.kind === 'negative');
  const wronged = new Set(score.findings.filter(({ verdict }) => verdict === 'FP').map(({ repo, path, class: name }) => `${repo} ${path} ${name}`));
  const leftAlone = negatives.filter(({ entry, name }) => !wronged.has(`${entry.repo} ${entry.path} ${name}`));

  console.log(`preset ${options.preset}: ${classUnits.length} classes, ${units.length - classUnits.length} sites, ${reports} reports\n`);
  printTable(score);
  console.log(`\nnegatives left alone  ${leftAlone.length}/${negatives.length}`);
  console.log(`unlabelled reports    ${sum(unlabelled)}${unlabelled.size > 0 ? ` (${breakdown(unlabelled)})` : ''}`);
  if (notScored.length > 0) {
    console.log(`\nNOT SCORED: ${notScored.length} labelled classes or sites`);
    for (const { key, name, reason } of notScored) console.log(`  ${key} ${name}: ${reason}`);
  }
  if (fatal.length > 0) {
    console.log(`\nFATAL: ESLint failed in ${new Set(fatal.map(({ key }) => key)).size} files`);
    for (const { key, line, message } of fatal) console.log(`  ${key}:${line} ${message.split('\n')[0]}`);
  }
  if (options.verbose) {
    const reportedOn = new Map();
    for (const { repo, path, class: name, rule, verdict } of score.findings) {
      const key = `${repo} ${path} ${name}`;
      if (verdict !== 'FN') reportedOn.set(key, [...(reportedOn.get(key) ?? []), rule]);
    }
    for (const verdict of ['FP', 'FN']) {
      const list = score.findings.filter((finding) => finding.verdict === verdict);
      console.log(`\n${verdict === 'FP' ? 'WRONG REPORTS' : 'MISSED'} ${list.length}`);
      for (const finding of list) {
        const others = verdict === 'FN' ? reportedOn.get(`${finding.repo} ${finding.path} ${finding.class}`) : undefined;
        console.log(describe(finding, others ? `(reported there: ${others.join(' ')})` : ''));
      }
    }
  }
  if (options.json !== undefined) {
    const out = {
      preset: options.preset,
      classes: classUnits.length,
      sites: units.length - classUnits.length,
      reports,
      rules: Object.fromEntries([...score.rows].map(([code, row]) => [code, { rules: (RULES[code] ?? []).map((rule) => PREFIX + rule), ...row }])),
      total: score.total,
      negatives: { leftAlone: leftAlone.length, of: negatives.length },
      unlabelled: { total: sum(unlabelled), byRule: Object.fromEntries(unlabelled) },
      notScored,
      fatal,
      findings: score.findings,
    };
    writeFileSync(options.json, `${JSON.stringify(out, null, 2)}\n`);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`score: ${error.message}`);
  process.exitCode = 2;
}
