import * as dagre from '@dagrejs/dagre';
import type { Explanation } from '../explain/explanation.ts';
import type { Box, Machine, Point } from './page-data.ts';

type Placed = Partial<Box> & { readonly points?: readonly { readonly x: number; readonly y: number }[] };

/** What is used of dagre. Its own types name their files without an ending, and so cannot be found by `nodenext`. */
interface Dagre {
  readonly Graph: new (options: { readonly multigraph: boolean }) => Graph;
  readonly layout: (graph: Graph) => void;
}

interface Graph {
  readonly setGraph: (options: Readonly<Record<string, number | string>>) => void;
  readonly graph: () => Placed;
  readonly setNode: (name: string, size: Partial<Box>) => void;
  readonly hasNode: (name: string) => boolean;
  readonly node: (name: string) => Placed;
  readonly setEdge: (from: string, to: string, label: Partial<Box> & { readonly labelpos: string }, name: string) => void;
  readonly edge: (from: string, to: string, name: string) => Placed;
}

const { Graph, layout } = dagre as unknown as Dagre;

/** Of the page's font at 13 and at 12 pixels, a little too wide rather than too narrow. */
const CHARACTER = { state: 7.8, label: 7 };
const PADDING = 24;
const STATE_HEIGHT = 34;
const LABEL_HEIGHT = 20;
const MISSING = ' ✕';

/** Lays out the states of a service and the ways between them, from top to bottom. */
export function drawMachine({ states, changes }: Pick<Explanation, 'changes' | 'states'>): Machine {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 34, edgesep: 14, marginx: 10, marginy: 10 });
  for (const { state } of states) graph.setNode(state, { width: state.length * CHARACTER.state + PADDING, height: STATE_HEIGHT });
  const drawn = changes.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  for (const [index, { from, to, on, present }] of drawn.entries()) {
    const width = (on.length + (present === 'no' ? MISSING.length : 0)) * CHARACTER.label + 10;
    graph.setEdge(from, to, { width, height: LABEL_HEIGHT, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    states: states.map(({ state, present }) => ({ name: state, present, ...boxOf(graph.node(state)) })),
    changes: drawn.map(({ from, to, on, present }, index) => {
      const edge = graph.edge(from, to, String(index));
      const label = boxOf(edge);
      const points = from === to ? loopRound(boxOf(graph.node(from)), label) : (edge.points ?? []).map(({ x, y }): Point => [Math.round(x), Math.round(y)]);
      return { from, to, on, present, points, label };
    }),
  };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** Out of the right side of a state, round to its label, and back. */
function loopRound({ x, y, width }: Box, label: Box): readonly Point[] {
  const side = Math.round(x + width / 2);
  return [[side, y - 8], [label.x, y - 24], [label.x, y + 24], [side, y + 8]];
}
