import { lineOf } from '../model/line-of.ts';
import type { Race, RaceKind, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';

/** One message for each way in which two calls can interleave. `{{remedy}}` is what the rule asks for. */
export const RACE_MESSAGES = {
  'late-guard':
    '`{{start}}()` tests `{{field}}` on line {{check}} but sets it only on line {{effect}}, after the await on line {{wait}}: a second `{{start}}()` gets in meanwhile. {{remedy}}',
  'no-guard':
    'Nothing turns a second `{{start}}()` away while the first waits on line {{wait}}: line {{effect}} runs twice, and `{{stop}}()` then releases only one `{{field}}`. {{remedy}}',
  'stop-during-start':
    '`{{stop}}()` can run while `{{start}}()` waits on line {{wait}}: `{{start}}()` then goes on with `{{field}}` on line {{effect}}, and nobody stops it any more. {{remedy}}',
  'lost-stop':
    '`{{stop}}()` returns at once on line {{check}} while `{{start}}()` still waits on line {{wait}}, because `{{field}}` is set only on line {{effect}}: the service then runs although it was stopped. {{remedy}}',
  'start-during-stop':
    '`{{start}}()` can run while `{{stop}}()` waits on line {{wait}}, because line {{check}} has already let it in: line {{effect}} then meets what the new start made. {{remedy}}',
  'double-stop':
    'Two `{{stop}}()` calls can both wait on line {{wait}}, because `{{field}}` is dropped only on line {{effect}}: it is released twice. {{remedy}}',
} as const satisfies Record<RaceKind, string>;

/** What fills the placeholders of a race's message. */
export function raceData(service: Service, race: Race, source: Source, remedy: string): Record<string, number | string> {
  return {
    service: service.name,
    start: race.start,
    stop: race.stop,
    field: `this.${race.field}`,
    check: race.check === undefined ? '' : lineOf(source, race.check),
    wait: lineOf(source, race.wait),
    effect: lineOf(source, race.effect),
    remedy,
  };
}
