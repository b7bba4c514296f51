import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import type { Change } from '../outcome.ts';
import { putAfter } from '../startup/put-after.ts';
import { putBefore } from '../startup/put-before.ts';
import { blockUnit } from '../text/block-unit.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { freeName } from '../text/free-name.ts';
import { takenNames } from '../text/taken-names.ts';
import { awaitEarlyReturns } from './await-early-returns.ts';
import type { CallSite } from './call-site.ts';
import { cutStatements, hasOwnLines } from './cut.ts';
import { emptyFinally, isEmptied, unwrapTry } from './empty-finally.ts';
import { Layout } from './layout.ts';
import { namesDeclaredBy, usedName } from './names.ts';
import type { SiteGroup } from './site-group.ts';
import { stopFunction } from './stop-function.ts';
import type { UsingTarget } from './using-target.ts';

/** Lets the block stop what it starts when it is left, the last started first. Undefined where the target or the block does not allow it. */
export function writeUsing(group: SiteGroup, target: UsingTarget): readonly Change[] | Obstacle | undefined {
  const { source, block, sites, stops, file, canMoveToEnd } = group;
  if (!target.hasUsing || !canMoveToEnd) return undefined;
  const added = declared(group, target) ?? deferred(group, target);
  if (added === undefined) return undefined;
  const layout = new Layout(source, blockUnit(source.text, block as TSESTree.BlockStatement));
  for (const tried of new Set(sites.flatMap((site) => site.tried ?? []))) {
    const own = sites.flatMap(({ stop, tried: other }) => (other === tried ? [stop] : []));
    const isBare = tried.handler === null && isEmptied(tried, own);
    if (isBare && clashes(group, tried)) return undefined;
    const obstacle = isBare ? unwrapTry(source, tried, layout, false) : emptyFinally(source, tried, own, layout, false);
    if (obstacle !== undefined) return obstacle;
  }
  const plain = stops.filter((stop) => sites.some((site) => site.stop === stop && site.tried === undefined));
  layout.put(...cutStatements(source, plain, false), ...added);
  const first = Math.min(...sites.map(({ from }) => from));
  layout.put(...awaitEarlyReturns(source, block.body.slice(first, Math.min(...sites.map(({ to }) => to))), file));
  return layout.changes();
}

/** `await using bus = new Bus();`, where that stops each of them, in the reverse order of their starts. */
function declared({ source, block, sites }: SiteGroup, target: UsingTarget): readonly Change[] | undefined {
  const declarations = sites.map(({ declarator }) => block.body.find((statement): statement is TSESTree.VariableDeclaration => statement.type === 'VariableDeclaration' && statement.declarations.length === 1 && statement.declarations[0] === declarator));
  const changes = sites.map(({ made, call }, index): Change | undefined => {
    const declaration = declarations[index];
    const before = declarations[index - 1];
    if (declaration === undefined || (before !== undefined && before.range[0] > declaration.range[0]) || !target.isDisposedBy(made, call)) return undefined;
    const [start] = declaration.range;
    return hasOwnLines(source, declaration) ? { start, end: start + declaration.kind.length, text: 'await using' } : undefined;
  });
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

/**
 * `stack.defer(() => bus.stop());` before the start of a service of the project, so that a start that fails halfway is stopped too; after that
 * of anything else, of which nobody here knows whether it can be stopped before it has started.
 */
function deferred({ source, sites }: SiteGroup, target: UsingTarget): readonly Change[] | undefined {
  const { stack } = target;
  if (stack === undefined || sites.length < stack.fewest) return undefined;
  const { semicolon } = fileStyleOf(source);
  const name = freeName(['stack', 'started', 'startedStack'], (taken) => takenNames(source.program).has(taken));
  const changes = sites.flatMap((site: CallSite, index) => {
    const { made, call, start } = site;
    const own = `${name}.defer(${stopFunction(source, made, call, source.text.slice(...call.range), target)})${semicolon}`;
    const opening = index === 0 ? [`await using ${name} = new ${stack.name}()${semicolon}`] : [];
    if (target.serviceOf(made) !== undefined) return putBefore(source, start, [...opening, own]);
    return [...putBefore(source, start, opening), putAfter(source, start, [own])];
  });
  return [...stack.imports, ...changes];
}

/** Whether a name of the `try` means something else round it. */
function clashes({ block, stops, file }: SiteGroup, tried: TSESTree.TryStatement): boolean {
  const others = block.body.filter((statement) => statement !== tried && !stops.some((stop) => stop === statement));
  const owner = file.parents.get(block);
  return usedName(namesDeclaredBy(tried.block.body), [...others, ...(owner !== undefined && isFunction(owner) ? owner.params : [])], file) !== undefined;
}
