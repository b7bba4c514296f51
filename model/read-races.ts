import { doubleStops } from './races/double-stop.ts';
import type { Collision, Flows } from './races/flows.ts';
import { lateGuards } from './races/late-guard.ts';
import { lostStops } from './races/lost-stop.ts';
import { missingGuards } from './races/no-guard.ts';
import { startsDuringStop } from './races/start-during-stop.ts';
import { stopsDuringStart } from './races/stop-during-start.ts';
import type { Race } from './service.ts';

const FINDERS: readonly ((flows: Flows) => Collision[])[] = [lateGuards, stopsDuringStart, lostStops, startsDuringStop, doubleStops, missingGuards];

/** The interleavings that a start and a stop allow where no lock keeps them apart, the most telling first, one for each kind and field. */
export function readRaces(all: readonly Flows[]): readonly Race[] {
  const told = all.filter(({ start, stop }) => !start.cut && !stop.cut);
  const found = FINDERS.flatMap((find) =>
    told.flatMap((flows) => find(flows).map((collision): Race => ({ ...collision, start: flows.start.method, stop: flows.stop.method }))),
  );
  const first = new Map<string, Race>();
  for (const race of found) if (!first.has(`${race.kind} ${race.field}`)) first.set(`${race.kind} ${race.field}`, race);
  return Object.freeze([...first.values()]);
}
