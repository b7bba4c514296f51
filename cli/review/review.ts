import type { CodemodOptions, ServiceResult } from '../../codemods/codemod.ts';
import { type Asker, checkTerminal, openAsker } from './ask.ts';
import { colorsFor, type Io } from '../io.ts';
import { mergeMissing } from '../planning/merge-missing.ts';
import type { FileOutcome } from '../planning/plan-file.ts';
import type { MissingPackages, NewFile, Plan, PlannedFile } from '../planning/plan.ts';
import type { Problem } from '../problem.ts';
import { quoteName } from '../files/quote-name.ts';
import { unifiedDiff } from '../reports/unified-diff.ts';

/** What a review needs to know beside the plan. */
export interface ReviewRequest {
  readonly io: Io;
  /** Plans a file again, from the text that was read, with only the accepted classes mended. */
  readonly replan: (file: PlannedFile, accept: NonNullable<CodemodOptions['accept']>) => Promise<FileOutcome>;
  /** What the rules say of a class and why, in some lines. */
  readonly explain: (file: PlannedFile, service: ServiceResult) => Promise<string>;
}

/** One class to decide about. */
interface Item {
  readonly file: PlannedFile;
  readonly service: ServiceResult;
}

type Replanned = Extract<FileOutcome, { kind: 'planned' }>;
type Answer = 'a' | 'n' | 'q' | 'y';

const KEYS = `y - mend it
n - leave it as it is
a - mend it and all that follow
q - leave it and all that follow; write what was agreed to so far
? - say what the rules have to say about it
`;

/** Goes through a plan class by class and asks about each. What is not wanted is no longer in the plan. Throws a CliError where nobody can answer. */
export async function reviewPlan(plan: Plan, request: ReviewRequest): Promise<Plan> {
  const input = checkTerminal(request.io);
  const asker = openAsker(input, request.io.stdout);
  try {
    return await new Review(plan, request, asker).run();
  } finally {
    asker.close();
  }
}

class Review {
  readonly #plan: Plan;
  readonly #request: ReviewRequest;
  readonly #asker: Asker;
  readonly #total: number;
  readonly #newFiles = new Map<string, NewFile>();
  readonly #missing: MissingPackages[] = [];
  readonly #declined = new Set<ServiceResult>();
  readonly #problems: Problem[];
  #done = 0;
  /** The answer for all that follow. */
  #rest: 'a' | 'q' | undefined;

  constructor(plan: Plan, request: ReviewRequest, asker: Asker) {
    this.#plan = plan;
    this.#request = request;
    this.#asker = asker;
    this.#problems = [...plan.problems];
    this.#total = plan.files.flatMap(({ services }) => services.filter(isToMend)).length;
  }

  async run(): Promise<Plan> {
    const files: PlannedFile[] = [];
    for (const file of this.#plan.files) files.push(file.before === file.after ? file : await this.#reviewFile(file));
    this.#request.io.stdout.write('\n');
    const missing = mergeMissing(this.#missing);
    return { ...this.#plan, files, newFiles: [...this.#newFiles.values()], missing, problems: this.#problems, declined: this.#declined };
  }

  async #reviewFile(file: PlannedFile): Promise<PlannedFile> {
    const decided = new Map<ServiceResult, ServiceResult>();
    const accepted = new Set<string>();
    let current: Replanned | undefined;
    for (const service of file.services.filter(isToMend)) {
      if (this.#rest === 'q') {
        decided.set(service, this.#decline(service));
        continue;
      }
      const outcome = await this.#request.replan(file, (owner) => accepted.has(keyOf(owner)) || keyOf(owner) === keyOf(service));
      this.#done++;
      if (outcome.kind === 'problem') {
        this.#problems.push(outcome.problem);
        continue;
      }
      const own = find(outcome.file.services, service) ?? service;
      if (!isToMend(own)) {
        decided.set(service, own); // without what was declined before, it does not hold
      } else if (await this.#wants({ file, service: own }, current, outcome)) {
        accepted.add(keyOf(service));
        current = outcome;
      } else {
        decided.set(service, this.#decline(service));
      }
    }
    for (const newFile of current?.newFiles ?? []) this.#newFiles.set(newFile.path, newFile);
    if (current !== undefined) this.#missing.push(current.missing);
    const services = file.services.map((service) => decided.get(service) ?? find(current?.file.services ?? [], service) ?? service);
    return { ...file, after: current?.file.after ?? file.before, newFiles: current?.file.newFiles ?? [], services };
  }

  #decline(service: ServiceResult): ServiceResult {
    const left = { ...service, added: [] };
    this.#declined.add(left);
    return left;
  }

  async #wants(item: Item, current: Replanned | undefined, outcome: Replanned): Promise<boolean> {
    if (this.#rest !== undefined) return this.#rest === 'a';
    await this.#show(item, current, outcome);
    const answer = await this.#ask(item);
    if (answer === 'a' || answer === 'q') this.#rest = answer;
    return answer === 'a' || answer === 'y';
  }

  async #show({ file, service: { service, line, added } }: Item, current: Replanned | undefined, outcome: Replanned): Promise<void> {
    const { stdout, env } = this.#request.io;
    const colors = colorsFor(stdout, env);
    const newFiles = outcome.newFiles.filter(({ path }) => !this.#newFiles.has(path) && current?.newFiles.every((one) => one.path !== path) !== false);
    const step = { ...outcome.file, before: current?.file.after ?? file.before };
    const what = added.map((one) => one.what).join(', ');
    stdout.write(`\n${colors.bold(quoteName(`${file.name}:${line}`))}  ${service}: ${what}\n${await unifiedDiff({ files: [step], newFiles }, colors)}`);
  }

  async #ask({ file, service }: Item): Promise<Answer> {
    const { stdout, env } = this.#request.io;
    const { bold } = colorsFor(stdout, env);
    const question = bold(`(${this.#done}/${this.#total}) Mend ${service.service}? [y,n,a,q,?] `);
    for (;;) {
      const answer = await this.#asker.ask(question);
      if (answer === undefined) return 'q';
      const known = (['y', 'n', 'a', 'q'] as const).find((key) => key === answer || (answer.length > 1 && WORDS[key].includes(answer)));
      if (known !== undefined) return known;
      stdout.write(answer === '?' ? `\n${await this.#request.explain(file, service)}\n\n${KEYS}` : KEYS);
    }
  }
}

const WORDS: Readonly<Record<Answer, readonly string[]>> = { y: ['yes'], n: ['no'], a: ['all'], q: ['quit'] };

function isToMend({ added }: ServiceResult): boolean {
  return added.length > 0;
}

function find(services: readonly ServiceResult[], service: ServiceResult): ServiceResult | undefined {
  return services.find((one) => keyOf(one) === keyOf(service));
}

function keyOf({ service, line }: Pick<ServiceResult, 'line' | 'service'>): string {
  return `${line} ${service}`;
}
