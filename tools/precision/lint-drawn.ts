import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parse } from '../../codemods/parse.ts';
import { lineOf } from '../../model/line-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { rules } from '../../rules/index.ts';
import { CACHE } from '../real-code/packages.ts';
import type { Place } from './drawn.ts';
import type { JudgedReport } from './reports.ts';

const REAL_CODE = join(import.meta.dirname, '../real-code');
const SOURCES = join(CACHE, 'reports');

/**
 * What `recommended` reports in the files of the judged reports, at their commits, and rules that are not in it by their defaults; as the
 * command line reads a file, which needs no mends. Throws where `mirror` lacks one of the files.
 */
export function lintDrawn(judged: readonly JudgedReport[], mirror: string): readonly Place[] {
  const checkout = [join(REAL_CODE, 'checkout.mjs'), '--labels', join(REAL_CODE, 'reports.json'), '--mirror', mirror, '--into', SOURCES];
  const { status } = spawnSync(process.execPath, checkout, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`the files of reports.json are not all to be had; node ${checkout.join(' ')} says which`);
  const files = new Map(judged.map(({ repo, path }) => [`${repo} ${path}`, { repo, path }]));
  return [...files.values()].flatMap(({ repo, path }) => {
    const file = join(SOURCES, repo.replace('/', '+'), path);
    return reportsIn(file, readFileSync(file, 'utf8')).map((report) => ({ repo, path, ...report }));
  });
}

function reportsIn(file: string, text: string): readonly Pick<Place, 'line' | 'rule'>[] {
  const source = parse(file, text.replace(/^\uFEFF/, ''));
  return rules.flatMap((rule) => rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.recommended).map(({ node }) => ({ rule: rule.name, line: lineOf(source, node) })));
}
