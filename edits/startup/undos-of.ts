import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Acquired, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { failuresIn } from './failures-in.ts';
import { type Place, placeOfAcquired } from './place-of-acquired.ts';
import { type Undo, undoOf } from './undo-of.ts';

type Undos = readonly [Undo, ...Undo[]];

/** What is left behind by one failure or another, in the order of the text. */
interface Left {
  readonly node: TSESTree.Node;
  readonly name: string;
  readonly release: TSESTree.Node | undefined;
}

/** How to give back what a failing start leaves behind, in the order in which it acquires it; all of it in one function. */
export function undosOf(service: Service, source: Source): Obstacle | Undos {
  const { start, startup, runsInPlace } = service;
  if (runsInPlace !== 'no') return { node: start.main.node, why: `${start.main.name}() lasts as long as the service runs, and what has been stopped by then cannot be told` };
  const [first, ...others] = [...new Set<Acquired>(startup.gaps.flatMap(({ left }) => left))].sort((one, other) => one.node.range[0] - other.node.range[0]);
  if (first === undefined) return { node: start.main.node, why: 'acquires nothing that stop is seen to give back' };
  const inner = startup.gaps.flatMap(({ fails, left }) => left.filter(({ node }) => contains(fails, node)))[0];
  if (inner !== undefined) return { node: inner.node, why: `begins ${inner.name} at line ${lineOf(source, inner.node)} within the promise that fails` };
  const place = placeOfAcquired(service, source, first.node, first.name);
  if ('why' in place) return place;
  if (someBelow(place.fn, ({ type }) => type === 'Super')) return { node: place.fn, why: `${start.main.name}() calls its base class, and what that acquires cannot be told` };
  const undo = undoOf(service, source, place, first.name, first.release);
  if ('why' in undo) return undo;
  const undos: Undo[] = [undo];
  for (const left of [...others, ...abortsIn(service, place.fn)]) {
    const added = nextUndo(service, source, undos, left);
    if ('why' in added) return added;
    undos.push(added);
  }
  const [earliest = undo, ...later] = undos.sort((one, other) => one.place.node.range[0] - other.place.node.range[0]);
  return [earliest, ...later];
}

function nextUndo(service: Service, source: Source, undos: readonly Undo[], { node, name, release }: Left): Obstacle | Undo {
  const place = placeOfAcquired(service, source, node, name);
  if ('why' in place) return place;
  if (undos.some((other) => other.place.fn !== place.fn)) return { node, why: `${name} at line ${lineOf(source, node)} is acquired in another function than the rest` };
  if (undos.some((other) => other.place.statement === place.statement)) return { node, why: `line ${lineOf(source, node)} acquires several things at once` };
  return undoOf(service, source, place, name, release);
}

/** The abort controllers that are made before something fails: what listens to them is to be told. */
function abortsIn(service: Service, fn: Place['fn']): readonly Left[] {
  const last = failuresIn(service, fn).at(-1)?.range[0] ?? 0;
  return service.ledger.entries.flatMap(({ kind, node, text, origins, releases }) => {
    const release = releases.find(({ isInStop }) => isInStop);
    return kind === 'abort' && origins.has('start') && release !== undefined && contains(fn, node) && node.range[1] <= last ? [{ node, name: text, release: release.node }] : [];
  });
}
