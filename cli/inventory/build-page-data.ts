import type { ExplainedMethod, ExplainedPart, ExplainedRace, Explanation, Opinion } from '../explain/explanation.ts';
import { drawMachine } from './draw-machine.ts';
import { FilePages } from './file-pages.ts';
import type { Mend } from './mends-of.ts';
import type { Machine, PageData, PageMend, PageOpinion, PagePart, PageRace, PageService } from './page-data.ts';
import { Pool } from './pool.ts';
import type { Inventory, InventoryEntry } from './read-inventory.ts';
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
    files: builder.files.values,
    opinions: builder.opinions.values,
    machines: builder.machines.values,
    services,
    problems: [...problems, ...skipped],
  };
}

class Builder {
  readonly texts = new Pool<string>();
  readonly files = new FilePages((text) => this.#text(text));
  readonly opinions = new Pool<PageOpinion>();
  readonly rules = new Pool<PageData['rules'][number]>();
  readonly machines = new Pool<Machine>();

  service({ explanation, lines, mend }: InventoryEntry): PageService {
    const { service, file: name, line, endLine, kind, kindWhy, races, owns, ledger, verdicts } = explanation;
    const file = this.files.place(name);
    const show = (shown: number): void => this.files.keep(file, shown, lines[shown - 1]);
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
      races: races.map((race) => this.#race(race, show)),
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
      verdicts: verdicts.flatMap(({ rule, description, url, recommended, strict }) => {
        this.rules.place(rule, () => ({ name: rule, description, url }));
        return [this.#opinion(recommended, show), this.#opinion(strict, show)];
      }),
      mend: mend === undefined ? undefined : this.#mend(mend, file),
    };
  }

  #text(text: string): number {
    return this.texts.place(text, () => text);
  }

  #opinion({ outcome, why, reports }: Opinion, show: (line: number) => void): number {
    for (const { line } of reports) show(line);
    const told = { outcome, why: this.#text(why), reports: reports.map(({ line, message }) => ({ line, message: this.#text(message) })) };
    return this.opinions.place(JSON.stringify(told), () => told);
  }

  #race({ kind, field, first, second, lockedBy, sentence, schedule }: ExplainedRace, show: (line: number) => void): PageRace {
    const steps = schedule.toSorted((one, other) => one.at - other.at);
    for (const { line } of steps) show(line);
    return { kind, field, first, second, lockedBy, sentence: this.#text(sentence), steps: steps.map(({ lane, role, line, what }) => [lane, role, line, this.#text(what)]) };
  }

  #mend({ added, left, hunks, shared }: Mend, file: number): PageMend {
    this.files.share(file, shared);
    return { added, left, hunks: hunks.map((hunk) => this.files.hunk(file, hunk)) };
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

function pagePart({ name, method, line }: ExplainedPart): PagePart {
  return { name, method, line };
}
