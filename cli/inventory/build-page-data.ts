import type { ExplainedMethod, ExplainedPart, ExplainedRace, Explanation, Opinion } from '../explain/explanation.ts';
import { drawMachine } from './draw-machine.ts';
import type { Inventory, InventoryEntry } from './read-inventory.ts';
import type { Machine, PageData, PageOpinion, PagePart, PageRace, PageService, PageVerdict } from './page-data.ts';
import { type Mark, markOf, type Preset, REQUIREMENTS } from './requirements.ts';

const LETTERS: Readonly<Record<Mark, string>> = { yes: 'y', no: 'n', unknown: '?', 'not asked': '-' };

/** What the page is to show of the inventory, without what it does not show, and with each text once. */
export function buildPageData({ entries, filesRead, paths, skipped, problems }: Inventory, preset: Preset, version: string): PageData {
  const builder = new Builder();
  const services = entries.map((entry) => builder.service(entry));
  return {
    version,
    paths,
    preset,
    filesRead,
    requirements: REQUIREMENTS.map(({ id, title, what }) => ({ id, title, what })),
    rules: builder.rules.values,
    texts: builder.texts.values,
    opinions: builder.opinions.values,
    machines: builder.machines.values,
    services,
    problems: [...problems, ...skipped],
  };
}

/** Values that are asked for again and again, once each, by the place where they stand. */
class Pool<Value> {
  readonly values: Value[] = [];
  readonly #places = new Map<string, number>();

  place(key: string, make: () => Value): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.values.push(make()) - 1;
    this.#places.set(key, place);
    return place;
  }
}

class Builder {
  readonly texts = new Pool<string>();
  readonly opinions = new Pool<PageOpinion>();
  readonly rules = new Pool<PageData['rules'][number]>();
  readonly machines = new Pool<Machine>();

  service({ explanation, mend }: InventoryEntry): PageService {
    const { service, file, line, endLine, kind, kindWhy, races, owns, ledger, verdicts } = explanation;
    return {
      name: service,
      file,
      line,
      endLine,
      kind,
      kindWhy: this.#text(kindWhy),
      marks: { recommended: marksOf(explanation, 'recommended'), strict: marksOf(explanation, 'strict') },
      start: [...explanation.start.methods, ...explanation.start.forwarders].map(pageMethod),
      stop: [...explanation.stop.methods, ...explanation.stop.forwarders].map(pageMethod),
      machine: this.#machine(explanation),
      races: races.map(pageRace),
      owns: owns.started.length + owns.stopped.length === 0 ? undefined : { started: owns.started.map(pagePart), stopped: owns.stopped.map(pagePart) },
      ledger: ledger.map(({ kind: what, keptAs, line: at, method, released, what: text, releases }) => ({
        kind: what,
        keptAs,
        line: at,
        method,
        released,
        what: text,
        releases: releases.map((release) => ({ line: release.line, method: release.method })),
      })),
      verdicts: verdicts.map(({ rule, description, url, recommended, strict }): PageVerdict => [
        this.rules.place(rule, () => ({ name: rule, description, url })),
        this.#opinion(recommended),
        this.#opinion(strict),
      ]),
      mend,
    };
  }

  #text(text: string): number {
    return this.texts.place(text, () => text);
  }

  #opinion(opinion: Opinion): number {
    return this.opinions.place(JSON.stringify(opinion), () => ({
      outcome: opinion.outcome,
      why: this.#text(opinion.why),
      reports: opinion.reports.map(({ line, text, message }) => ({ line, text, message: this.#text(message) })),
    }));
  }

  #machine({ states, changes }: Explanation): PageService['machine'] {
    const look = JSON.stringify([states.map(({ state, present }) => [state, present]), changes.map(({ from, to, on, present }) => [from, to, on, present])]);
    return {
      drawing: this.machines.place(look, () => drawMachine({ states, changes })),
      states: states.map(({ why }) => this.#text(why)),
      changes: changes.map(({ why }) => this.#text(why)),
    };
  }
}

function marksOf(explanation: Explanation, preset: Preset): string {
  return REQUIREMENTS.map((requirement) => LETTERS[markOf(explanation, requirement, preset)]).join('');
}

function pageMethod({ name, line, endLine }: ExplainedMethod): PageService['start'][number] {
  return { name, line, endLine };
}

function pagePart({ name, method, line, text }: ExplainedPart): PagePart {
  return { name, method, line, text };
}

function pageRace({ kind, field, first, second, lockedBy, sentence, schedule }: ExplainedRace): PageRace {
  const steps = schedule.toSorted((one, other) => one.at - other.at).map(({ lane, role, line, text, what }) => ({ lane, role, line, text, what }));
  return { kind, field, first, second, lockedBy, sentence, steps };
}
