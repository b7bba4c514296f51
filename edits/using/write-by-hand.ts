import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { lineOf } from '../../model/line-of.ts';
import { signalFile } from '../../model/signals/signal-file.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { blockUnit } from '../text/block-unit.ts';
import { eolAt } from '../text/eol-at.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { indentAt } from '../text/indent-at.ts';
import { leadingStart } from '../text/leading-start.ts';
import { takenNames } from '../text/taken-names.ts';
import { trailingEnd } from '../text/trailing-end.ts';
import { cutStatements, lineStart } from './cut.ts';
import { isEmptied, unwrapTry } from './empty-finally.ts';
import type { HandSite } from './hand-site.ts';
import { hasSafeTail } from './has-safe-tail.ts';
import { keptType } from './kept-type.ts';
import { Layout } from './layout.ts';
import { namesDeclaredBy, usedName } from './names.ts';
import { stopFunction } from './stop-function.ts';
import type { UsingTarget } from './using-target.ts';

/** Declares what a `try` makes where it is made, and stops it when its block is left, the last made first. */
export function writeByHand(source: Source, tried: TSESTree.TryStatement, all: readonly HandSite[], target: UsingTarget): readonly Change[] | Obstacle {
  const sites = all.toSorted((a, b) => a.at - b.at);
  const stops = sites.map(({ stop }) => stop);
  const rest = tried.finalizer?.body.findIndex((statement) => !stops.includes(statement)) ?? -1;
  const late = stops.find((stop) => rest >= 0 && (tried.finalizer?.body.indexOf(stop) ?? 0) > rest);
  if (late !== undefined) return { node: late, why: `does something else in its finally before the stop at line ${String(lineOf(source, late))}` };
  const layout = new Layout(source, blockUnit(source.text, tried.block));
  const isDeclared = target.hasUsing && sites.every(({ made, call }) => target.isDisposedBy(made, call));
  const stack = target.hasUsing && !isDeclared && target.stack !== undefined && sites.length >= target.stack.fewest ? target.stack : undefined;
  const isBare = isEmptied(tried, stops);
  const asBlock = !isBare || mustKeepBlock(source, tried, sites, isDeclared || stack !== undefined);
  if (isBare) {
    const obstacle = unwrapTry(source, tried, layout, asBlock);
    if (obstacle !== undefined) return obstacle;
  } else layout.put(...cutStatements(source, stops, false));
  const declarations = sites.map(({ declaration }) => declaration);
  layout.put(...cutStatements(source, declarations, false));
  for (const { assignment: { range: [start] }, declaration, variable } of sites) {
    const type = keptType(declaration, declarations, source);
    const end = start + variable.length;
    layout.put({ start, end: start, text: isDeclared ? 'await using ' : 'const ' }, ...(type === undefined ? [] : [{ start: end, end, text: `: ${type}` }]));
  }
  // What comes out of the try stands where that stood.
  const indent = indentAt(source.text, (asBlock ? (sites[0]?.assignment ?? tried) : tried).range[0]);
  if (stack !== undefined) layout.put(...stack.imports, ...deferred(source, sites, target, indent, stack.name));
  else if (!isDeclared) nest(source, tried, sites, layout, indent);
  return layout.changes();
}

/** A failing start was stopped before, too: each stop is deferred as soon as there is something to stop. */
function deferred(source: Source, sites: readonly HandSite[], target: UsingTarget, indent: string, stack: string): readonly Change[] {
  const { text } = source;
  const { semicolon } = fileStyleOf(source);
  const name = freeName(['stack', 'started', 'startedStack'], (taken) => takenNames(source.program).has(taken));
  return sites.flatMap(({ assignment: { range }, made, call, text: stop }, index) => {
    const eol = eolAt(text, range[0]);
    const before = lineStart(text, leadingStart(source, range[0]));
    const after = trailingEnd(text, range[1]);
    return [
      ...(index === 0 ? [{ start: before, end: before, text: `${indent}await using ${name} = new ${stack}()${semicolon}${eol}` }] : []),
      { start: after, end: after, text: `${eol}${indent}${name}.defer(${stopFunction(source, made, call, stop, target)})${semicolon}` },
    ];
  });
}

/** A `try` right after each is made. */
function nest(source: Source, { block }: TSESTree.TryStatement, sites: readonly HandSite[], layout: Layout, base: string): void {
  const { text } = source;
  const unit = blockUnit(text, block);
  const { semicolon } = fileStyleOf(source);
  const last = block.body.at(-1);
  for (const { assignment, at, text: stop } of sites.toReversed()) {
    if (last === undefined || last === assignment) continue;
    const depth = sites.filter((other) => other.at < at).length;
    const indent = eolAt(text, assignment.range[0]) + base + unit.repeat(depth);
    const start = trailingEnd(text, assignment.range[1]);
    const end = trailingEnd(text, last.range[1]);
    layout.put({ start, end: start, text: `${indent}try {` });
    layout.move(block.body.slice(at + 1), start, end, 1);
    layout.put({ start: end, end, text: `${indent}} finally {${indent}${unit}await ${stop}${semicolon}${indent}}` });
  }
}

/** Whether what is in the `try` cannot stand where it stands: a name means something else there, or what follows waits for the stop. */
function mustKeepBlock(source: Source, tried: TSESTree.TryStatement, sites: readonly HandSite[], stopsAtEnd: boolean): boolean {
  const file = signalFile(source.program);
  const block = file.parents.get(tried);
  if (block?.type !== 'BlockStatement' && block?.type !== 'Program') return true;
  const { body }: { readonly body: readonly TSESTree.Node[] } = block;
  const others = body.filter((statement) => statement !== tried && !sites.some(({ declaration }) => declaration === statement));
  const owner = file.parents.get(block);
  const names = new Set([...namesDeclaredBy(tried.block.body), ...sites.map(({ variable }) => variable)]);
  const clash = usedName(names, [...others, ...(owner !== undefined && isFunction(owner) ? owner.params : [])], file);
  return clash !== undefined || (stopsAtEnd && !hasSafeTail(body.slice(body.findIndex((statement) => statement === tried) + 1), file));
}
