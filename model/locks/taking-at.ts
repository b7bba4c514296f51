import type { TSESTree } from '@typescript-eslint/utils';
import { isFreeAfterLock } from './after-lock.ts';
import { acquireTaking } from './acquire-taking.ts';
import { beforeLock } from './before-lock.ts';
import { chainTaking } from './chain-taking.ts';
import { fieldsBehind } from './fields-in.ts';
import { gateTaking } from './gate-taking.ts';
import type { LockScope } from './lock-scope.ts';
import { runTaking } from './run-taking.ts';
import type { Statements, Taking } from './taking.ts';
import { testedUnder } from './tested-under.ts';
import { usingTaking } from './using-taking.ts';

const READERS = [usingTaking, acquireTaking, chainTaking, gateTaking, runTaking];

/** The taking of a lock that begins with a statement; undefined where none does. */
export function takingAt(statements: Statements, index: number, scope: LockScope): Taking | undefined {
  for (const read of READERS) {
    const taking = read(statements, index, scope);
    if (taking !== undefined) return taking;
  }
  return triedTaking(statements[index], index, scope);
}

/**
 * The first taking of a list of statements, with how it falls short of the whole list. A lock that the list takes itself comes before
 * one that a helper takes for it.
 */
export function coverOf(statements: Statements, scope: LockScope): Taking | undefined {
  return (
    coverBy(statements, scope, (taking) => taking.forwarded === undefined) ??
    coverBy(statements, scope, (taking, isAlone) => isForward(taking, isAlone, scope))
  );
}

/** Beside other work only a helper that is all lock counts, and a lifecycle method never: its lock is its own affair. */
function isForward({ forwarded, gap }: Taking, isAlone: boolean, { lifecycle }: LockScope): boolean {
  if (forwarded === undefined) return false;
  if (gap?.kind === 'not-awaited') return isAlone && forwarded.holds.some(({ covers }) => covers === 'yes');
  return isAlone || (!lifecycle.has(forwarded.to) && forwarded.holds.some(({ covers }) => covers === 'yes'));
}

function coverBy(statements: Statements, scope: LockScope, isWanted: (taking: Taking, isAlone: boolean) => boolean): Taking | undefined {
  const checks: { readonly node: TSESTree.Node; readonly fields: ReadonlySet<string> }[] = [];
  let work: TSESTree.Node | undefined;
  for (const [index, statement] of statements.entries()) {
    const taking = takingAt(statements, index, scope);
    const after = taking === undefined ? undefined : statements.slice(taking.next).find((later) => !isFreeAfterLock(later));
    if (taking === undefined || !isWanted(taking, work === undefined && after === undefined)) {
      const before = beforeLock(statement, scope);
      if (before.kind === 'work') work ??= statement;
      else if (before.kind === 'check') checks.push({ node: statement, fields: before.fields });
      continue;
    }
    if (taking.gap !== undefined) return taking;
    if (work !== undefined) return { ...taking, gap: { kind: 'work-before', node: work } };
    const missed = uncheckedAgain(checks, taking, scope);
    if (missed !== undefined) return { ...taking, gap: { kind: 'check-before', node: missed } };
    return after === undefined ? taking : { ...taking, gap: { kind: 'work-after', node: after } };
  }
  return undefined;
}

/** A test before the lock is a fast path only if the same state is tested again under it. */
function uncheckedAgain(
  checks: readonly { readonly node: TSESTree.Node; readonly fields: ReadonlySet<string> }[],
  taking: Taking,
  scope: LockScope,
): TSESTree.Node | undefined {
  if (checks.length === 0) return undefined;
  const again = testedUnder(taking.held, scope);
  return checks.find(({ fields }) => ![...fields].every((field) => [...fieldsBehind(field, scope)].some((name) => again.has(name))))?.node;
}

/** `try { await lock.runExclusive(…); } catch (error) { log(error); throw error; }` */
function triedTaking(statement: TSESTree.Statement | undefined, index: number, scope: LockScope): Taking | undefined {
  if (statement?.type !== 'TryStatement') return undefined;
  const inner = coverOf(statement.block.body, scope);
  if (inner === undefined || inner.forwarded !== undefined) return undefined;
  const outside = [...(statement.handler?.body.body ?? []), ...(statement.finalizer?.body ?? [])];
  const work = outside.find((other) => !isFreeAfterLock(other));
  const gap = inner.gap ?? (work === undefined ? undefined : { kind: 'work-after' as const, node: work });
  return { ...inner, gap, next: index + 1 };
}
