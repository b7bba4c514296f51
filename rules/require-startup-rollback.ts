import type { TSESTree } from '@typescript-eslint/utils';
import { addStartupRollback } from '../edits/add-startup-rollback.ts';
import { calleeText } from '../model/ast/callee-text.ts';
import { lineOf } from '../model/line-of.ts';
import { managesItself } from '../model/manages-itself.ts';
import type { Acquired, Service, StartupFacts, StartupHazard } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { defineRule } from './define-rule.ts';

interface Options {
  /** Which starts that fail halfway are reported: those after which something stays behind for good or the next start goes wrong, or every one that leaves something to stop. */
  readonly leftovers: 'any' | 'harmful';
}

const DEFAULTS: Options = { leftovers: 'harmful' };
/** So many things that are left are named. */
const NAMED = 3;

export default defineRule({
  name: 'require-startup-rollback',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require a start that fails halfway to give back what it already had',
      presets: { recommended: {}, strict: { leftovers: 'any' } },
    },
    schema: [
      {
        type: 'object',
        properties: {
          leftovers: {
            description:
              'Which leftovers of a failed start are reported: `harmful`, what stop does not give back or the next start acquires again; `any`, also what a stop would still give back.',
            type: 'string',
            enum: ['harmful', 'any'],
          },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      lost: 'When this fails, `{{start}}()` of `{{service}}` leaves {{left}} behind, and `{{stop}}()` does not give {{them}} back after a start that failed. Catch the error, undo what was done in reverse order, and throw it again.',
      again:
        'When this fails, `{{start}}()` of `{{service}}` leaves {{left}} behind: nothing takes {{them}} back, and the next `{{start}}()` does the same again. Catch the error, undo what was done in reverse order, and throw it again.',
      left: 'When this fails, `{{start}}()` of `{{service}}` leaves {{left}} to whoever calls `{{stop}}()`. Catch the error, undo what was done in reverse order, and throw it again.',
      leftSet: 'When `{{fails}}` fails at line {{line}}, `{{field}}` stays as it is set here: the next `{{start}}()` takes `{{service}}` for started and starts nothing. Take it back when `{{start}}()` fails.',
      rollBack: 'Undo what was done in reverse order when `{{start}}()` fails, and throw the error again.',
    },
    hasSuggestions: true,
  },
  defaultOptions: [DEFAULTS],
  *findings({ services, source, options }) {
    for (const service of services) {
      if (!managesItself(service)) continue;
      const { gaps, leftSet } = service.startup;
      const mend = { messageId: 'rollBack', plan: () => addStartupRollback(service, source, {}) } as const;
      const names = { service: service.name, start: service.start.main.name, stop: service.stop.main.name };
      const harmful = worstOf(gaps);
      const worst = harmful ?? (leftSet === undefined && options.leftovers === 'any' ? mostLeft(gaps) : undefined);
      if (worst !== undefined) {
        const { messageId, fails } = worst;
        const of = worst.of.filter((one, index) => !isOtherBranch(one, worst.of.slice(0, index)));
        yield { node: fails, service: service.name, messageId, data: { ...names, start: methodAt(fails, service), left: listOf(of, source), them: of.length > 1 ? 'them' : 'it' }, mend };
      } else if (leftSet !== undefined) {
        const { field, node, fails } = leftSet;
        yield { node, service: service.name, messageId: 'leftSet', data: { ...names, field: `this.${field}`, fails: calleeText(fails), line: lineOf(source, fails) }, mend };
      }
    }
  },
});

interface Worst {
  readonly messageId: 'again' | 'left' | 'lost';
  readonly fails: TSESTree.Node;
  readonly of: readonly Acquired[];
}

/** The failure that leaves most behind; what is lost for good counts more than what the next start doubles. */
function worstOf(gaps: StartupFacts['gaps']): Worst | undefined {
  const ofKind = (messageId: StartupHazard): Worst | undefined =>
    mostOf(gaps.map(({ fails, hazards }) => ({ messageId, fails, of: hazards.flatMap(({ kind, of }) => (kind === messageId ? [of] : [])) })));
  return ofKind('lost') ?? ofKind('again');
}

function mostLeft(gaps: StartupFacts['gaps']): Worst | undefined {
  return mostOf(gaps.map(({ fails, left }) => ({ messageId: 'left', fails, of: left })));
}

/** The first of those that name most, if any names something. */
function mostOf(failures: readonly Worst[]): Worst | undefined {
  const most = Math.max(1, ...failures.map(({ of }) => of.length));
  return failures.find(({ of }) => of.length === most);
}

function methodAt(node: TSESTree.Node, { start }: Service): string {
  const [from, to] = node.range;
  return (start.methods.find(({ value: { range } }) => range[0] <= from && to <= range[1]) ?? start.main).name;
}

/** `this.pool.connect()` (line 3), `setInterval(…)` (line 4) and 2 more. */
function listOf(acquired: readonly Acquired[], source: Source): string {
  const names = acquired.map(({ name, node }) => `\`${name}\` (line ${lineOf(source, node)})`);
  if (names.length > NAMED) names.splice(NAMED, Infinity, `${names.length - NAMED} more`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** Of what the branches of a condition put into one field, start has only one. */
function isOtherBranch({ field, isSure, name }: Acquired, before: readonly Acquired[]): boolean {
  return !isSure && field !== undefined && before.some((other) => !other.isSure && other.field === field && other.name === name);
}
