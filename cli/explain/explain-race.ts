import type { TSESTree } from '@typescript-eslint/utils';
import { RACE_MESSAGES, raceData } from '../../rules/race-message.ts';
import type { Race, Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { ExplainedRace, RaceStep } from './explanation.ts';
import type { PlaceOf } from './place.ts';

type Move = readonly [lane: RaceStep['lane'], role: RaceStep['role'], node: TSESTree.Node, what: string];

export function explainRace(service: Service, race: Race, source: Source, placeOf: PlaceOf): ExplainedRace {
  const { kind, field, start, stop, check, wait, effect } = race;
  const { lifecycle } = service.lock;
  const isLocked = kind === 'no-guard' && lifecycle !== undefined && service.lock.start === 'yes';
  const ofStop = kind === 'start-during-stop' || kind === 'double-stop';
  const ofItself = kind === 'late-guard' || kind === 'no-guard' || kind === 'double-stop';
  const [own, other] = ofStop ? [stop, start] : [start, stop];
  const moves = isLocked ? inTurn(race) : movesOf(service, race);
  const data: Record<string, number | string> = raceData(service, race, source, '');
  return {
    kind,
    field,
    start,
    stop,
    check: check === undefined ? undefined : placeOf(check),
    wait: placeOf(wait),
    effect: placeOf(effect),
    first: own,
    second: ofItself ? own : other,
    schedule: moves.map(([lane, role, node, what], index) => ({ at: index + 1, lane, role, what, ...placeOf(node) })),
    sentence: isLocked
      ? `The lock only puts a second \`${start}()\` after the first: nothing turns it away, line ${String(placeOf(effect).line)} runs again, and \`${stop}()\` then releases only one \`this.${field}\`.`
      : RACE_MESSAGES[kind].replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => String(data[key] ?? '')).trim(),
    lockedBy: isLocked ? lifecycle.key : undefined,
  };
}

/** What the two calls do, in the order of time in which it goes wrong. */
function movesOf(service: Service, race: Race): Move[] {
  const { kind, wait, effect, stop, start } = race;
  const check = race.check ?? wait;
  const field = `this.${race.field}`;
  const head = (name: string): TSESTree.Node => service.facts.methods.get(name)?.node.key ?? service.node;
  switch (kind) {
    case 'late-guard':
      return [
        ['first', 'check', check, `tests ${field}, goes on`],
        ['first', 'wait', wait, 'waits'],
        ['second', 'check', check, `tests ${field}, not set yet: goes on too`],
        ['first', 'effect', effect, `sets ${field}`],
        ['second', 'effect', effect, `sets ${field} again`],
      ];
    case 'no-guard':
      return wait.range[0] < effect.range[1] ? twice(race) : [
        ['first', 'other', effect, `makes ${field}`],
        ['first', 'wait', wait, 'waits'],
        ['second', 'effect', effect, `makes another: the first ${field} is lost`],
      ];
    case 'stop-during-start':
      return [
        ['first', 'wait', wait, 'waits'],
        ['second', 'other', head(stop), `runs to its end: no ${field} yet`],
        ['first', 'effect', effect, `goes on with ${field}: nobody stops it`],
      ];
    case 'lost-stop':
      return [
        ['first', 'wait', wait, 'waits'],
        ['second', 'check', check, `tests ${field}, not set yet: returns`],
        ['first', 'effect', effect, `sets ${field}: it runs although stopped`],
      ];
    case 'start-during-stop':
      return [
        ['first', 'check', check, `sets ${field}, which lets start in`],
        ['first', 'wait', wait, 'waits'],
        ['second', 'other', head(start), 'starts anew'],
        ['first', 'effect', effect, 'meets what the new start made'],
      ];
    case 'double-stop':
      return [
        ['first', 'check', check, `releases ${field}`],
        ['first', 'wait', wait, 'waits'],
        ['second', 'effect', check, `releases ${field} again`],
        ['first', 'other', effect, `drops ${field}, too late`],
      ];
  }
}

function twice({ wait, effect, field }: Race): Move[] {
  return [
    ['first', 'wait', wait, 'waits'],
    ['second', 'wait', wait, 'waits too: nothing turns it away'],
    ['first', 'other', effect, `makes this.${field}`],
    ['second', 'effect', effect, `makes another: the first this.${field} is lost`],
  ];
}

/** Under a lock a second start comes after the first, and does it all again. */
function inTurn({ effect, field }: Race): Move[] {
  return [
    ['first', 'other', effect, `makes this.${field}, ends`],
    ['second', 'effect', effect, `makes another: the first this.${field} is lost`],
  ];
}
