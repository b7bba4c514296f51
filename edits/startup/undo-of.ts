import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction } from '../../model/ast/is-function.ts';
import { rebindsThis } from '../../model/ast/rebinds-this.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import { lineOf } from '../../model/line-of.ts';
import type { Service } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import { stepName } from '../../model/teardown/step-name.ts';
import type { Obstacle } from '../lock-obstacle.ts';
import { indentAt } from '../text/indent-at.ts';
import { conditionOf } from './condition-of.ts';
import { localsRound } from './locals-round.ts';
import type { Place } from './place-of-acquired.ts';
import { ownCallObstacle } from './own-call-obstacle.ts';
import { mayTurnBack, releaseExpression } from './release-expression.ts';
import { rewrite } from './rewrite.ts';
import { valueAfter } from './value-after.ts';

/** What is done to give one thing back. */
export interface Undo {
  readonly place: Place;
  /** As it is logged: `server.close`. */
  readonly name: string;
  /** An expression, as text: `this.server.close()`. */
  readonly step: string;
  /** Whether there is an `await` in it. */
  readonly waits: boolean;
  /** How the line is indented that it was taken from. */
  readonly indent: string;
  /** What stop does, from which it was taken. */
  readonly release: TSESTree.CallExpression;
  /** The fields that it reads: `server`. */
  readonly fields: readonly string[];
}

/** What stop does to give a thing back, so that it can be done in the middle of start; or why it cannot. */
export function undoOf(service: Service, source: Source, place: Place, name: string, released: TSESTree.Node | undefined): Obstacle | Undo {
  const leave = (why: string): Obstacle => ({ node: place.node, why: `${name} at line ${lineOf(source, place.node)} ${why}` });
  if (released === undefined) return leave(`is not seen to be given back by ${service.stop.main.name}()`);
  const release = unwrap(released);
  if (release.type !== 'CallExpression') return leave(`is waited for at line ${lineOf(source, release)}, and what ends it cannot be told`);
  const { node, path } = releaseExpression(service, release);
  if (path.length === 0) return leave('is given back in another class');
  if (someBelow(node, ({ type }) => type === 'Super')) return leave('is given back by the base class');
  if (path.slice(4, -1).some(rebindsThis)) return leave(`is given back where \`this\` is not the service, at line ${lineOf(source, release)}`);
  const obstacle = conditionOf(service, source, path) ?? ownCallObstacle(service, source, node);
  if (obstacle !== undefined) return leave(obstacle);
  const own = service.facts.methods.get(thisMember(release.callee) ?? '');
  if (own !== undefined && mayTurnBack(own.value.body, release)) return leave(`is given back by ${own.name}(), which may return before it does so`);
  const rewritten = rewrite(service, source, node, localsRound(path), valueAfter(place));
  if ('why' in rewritten) return leave(rewritten.why);
  if (rewritten.text.includes('\n') && someBelow(node, ({ type }) => type === 'TemplateLiteral')) return leave(`is given back in several lines with a template, at line ${lineOf(source, release)}`);
  const waits = someBelow(node, ({ type }) => type === 'AwaitExpression', isFunction);
  return { place, name: stepName(release), step: rewritten.text, waits, release, fields: rewritten.fields, indent: indentAt(source.text, node.range[0]) };
}
