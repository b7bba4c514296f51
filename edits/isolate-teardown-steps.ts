import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../model/ast/contains.ts';
import { lineOf } from '../model/line-of.ts';
import type { Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { hidesFailure } from '../model/teardown/hides-failure.ts';
import type { Change, Leftover, Outcome } from './outcome.ts';
import { type Atom, atomsOf, type Spot, spotsIn } from './teardown/atoms.ts';
import { type Host, hostsOf, wayTo } from './teardown/forks.ts';
import { flagsOf, handlersRound } from './teardown/handlers-round.ts';
import { keepsThis, logFailureOf } from './teardown/log-failure.ts';
import { logSilenced } from './teardown/log-silenced.ts';
import { obstacleIn } from './teardown/obstacle.ts';
import { pathTo } from './teardown/path-to.ts';
import { resultOf } from './teardown/result-of.ts';
import { type Span, spanOf } from './teardown/span.ts';
import { gapBefore, indentOf, wrapAtom } from './teardown/wrap-atom.ts';
import { eolAt } from './text/eol-at.ts';
import { indentAt } from './text/indent-at.ts';
import { fileStyleOf } from './text/file-style.ts';
import { freeName } from './text/free-name.ts';
import { indentUnit } from './text/indent-unit.ts';
import { leadingStart } from './text/leading-start.ts';
import { startsLine } from './text/starts-line.ts';
import { takenNames } from './text/taken-names.ts';
import { trailingEnd } from './text/trailing-end.ts';

/** What is to be done to one block. */
interface Plan {
  readonly host: Host;
  readonly span: Span;
  readonly spots: readonly Spot[];
  readonly atoms: readonly Atom[];
  /** The failures end in a handler that does nothing, so they are only logged. */
  readonly isHidden: boolean;
}

/** Gives every step of stop a `try` of its own, and throws at the end what failed. Undefined where no step skips another. */
export function isolateTeardownSteps(service: Service, source: Source): Outcome | undefined {
  const { teardown } = service;
  const [swallowed] = teardown.swallowsCancellation;
  if (swallowed !== undefined) {
    return { kind: 'leftover', node: swallowed.node, why: `the handler at line ${lineOf(source, swallowed.node)} ends a cancellation as if the step had succeeded` };
  }
  const hosts = hostsOf(service);
  if ('kind' in hosts) return hosts;
  const plans: Plan[] = [];
  for (const host of hosts) {
    const plan = planOf(host, service, source);
    if ('kind' in plan) return plan;
    plans.push(plan);
  }
  const open = teardown.silenced.filter(({ node }) => !plans.some(({ host, isHidden }) => isHidden && host.path.some((above) => above.type === 'TryStatement' && above.handler === node)));
  const changes = [...plans.flatMap((plan) => isolate(plan, plans, service, source)), ...open.flatMap((silenced) => logSilenced(silenced, service, source))];
  return changes.length === 0 ? undefined : { kind: 'edit', changes, safety: 'review', added: 'isolated teardown steps', needs: [] };
}

function planOf(host: Host, service: Service, source: Source): Leftover | Plan {
  const spots = spotsIn(host.fn, service.node, service.teardown.steps);
  const all = atomsOf(host.block.body, spots);
  const atoms = all.slice(all.findIndex(({ isLikely }) => isLikely));
  const span = spanOf(host.block, atoms, spots);
  if (span === undefined) return { kind: 'leftover', node: host.block, why: 'its steps do not stand in statements of their own' };
  const callers = spots.flatMap(({ step, depth }) => wayTo(step).slice(0, depth)).map((call) => pathTo(service.node, call));
  const obstacle = obstacleIn({ host, span, atoms, callers }, source) ?? resultOf(span, service, source);
  return obstacle ?? { host, span, spots, atoms, isHidden: isHidden(host, source) };
}

/** Whether the innermost handler round a block does nothing. */
function isHidden({ path }: Host, { text }: Source): boolean {
  const [handler] = handlersRound(path);
  return handler !== undefined && hidesFailure(handler, text);
}

function isolate({ host, span, atoms, isHidden: isOnlyLogged }: Plan, plans: readonly Plan[], service: Service, source: Source): Change[] {
  const { text, program } = source;
  const { isTypeScript, semicolon } = fileStyleOf(source);
  const unit = indentUnit(text, service.node);
  const outerWraps = plans.flatMap((plan) => plan.atoms).filter(({ statement }) => statement !== host.block && contains(statement, host.block));
  const deeper = unit.repeat(outerWraps.length);
  const name = freeName(['failures', 'teardownFailures'], (taken) => takenNames(program).has(taken));
  const log = logFailureOf(service, source, keepsThis(host.path));
  const keep = isOnlyLogged ? [] : [(error: string) => `${name}.push(${error})${semicolon}`];
  const flags = flagsOf(handlersRound(host.path)[0]);
  const set = (error: string): readonly string[] => (error === flags?.error ? flags.statements.map(({ range }) => text.slice(...range)) : []);
  const handler = (step: string, error: string): readonly string[] => [...set(error), log(step, error) + semicolon, ...keep.map((write) => write(error))];
  const frame = { source, unit, deeper, error: flags?.error ?? 'error', handler };
  const declared = isOnlyLogged ? [] : [`const ${name}${isTypeScript ? ': unknown[]' : ''} = []${semicolon}`];
  const indent = indentOf(text, span.first.range[0], unit) + deeper;
  const eol = eolAt(text, span.first.range[0]);
  const end = trailingEnd(text, span.last.range[1]);
  const throwing = isOnlyLogged ? [] : throwsOf(name, atoms, service.name).map((line) => `${eol}${indent}${line}${semicolon}`);
  const start = leadingStart(source, span.first.range[0]);
  const isApart = startsLine(text, start);
  const at = isApart ? start : gapBefore(text, start);
  const ahead = declared.map((line) => ({ start: at, end: at, text: isApart ? `${line}${eol}${indent}` : `${eol}${indent}${line}` }));
  const closing = closingOf(host.block, end, text);
  const last = { start: end, end: end + closing.length, text: throwing.join('') + (closing === '' ? '' : `${eol}${indentAt(text, host.block.range[1] - 1)}${deeper}`) };
  return [...ahead, ...atoms.flatMap((atom) => wrapAtom(atom, frame)), last];
}

/** The blanks before the brace that closes a block on the line of its last step. */
function closingOf({ range }: TSESTree.Node, end: number, text: string): string {
  const between = text.slice(end, range[1] - 1);
  return /^[\t ]+$/.test(between) ? between : '';
}

/** One failure as it is, several together. */
function throwsOf(name: string, atoms: readonly Atom[], service: string): readonly string[] {
  if (atoms.length === 1 && atoms[0]?.isRepeated === false) return [`if (${name}.length > 0) throw ${name}[0]`];
  const owner = service.startsWith('(') ? '' : `${service}: `;
  return [
    `if (${name}.length === 1) throw ${name}[0]`,
    `if (${name}.length > 1) throw new AggregateError(${name}, \`${owner}\${${name}.length} teardown steps failed\`)`,
  ];
}
