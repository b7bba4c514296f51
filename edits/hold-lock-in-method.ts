import type { ClassNode, Method } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { delegateToHalf, type Half } from './delegate-to-half.ts';
import type { Style } from './lifecycle-lock-options.ts';
import type { Obstacle } from './lock-obstacle.ts';
import type { LockUse } from './lock-use.ts';
import type { Change } from './outcome.ts';
import { wrapBody } from './wrap-body.ts';

export interface HoldPlan {
  readonly use: LockUse;
  readonly style: Style;
  readonly half: Half;
  /** Whether other code under the lock calls the half, so that there must be one whatever the style. */
  readonly needsHalf: boolean;
  /** What is done before waiting for the lock, as text. */
  readonly first: string | undefined;
}

/** Holds a lock over the whole body of a method. */
export function holdLockInMethod(source: Source, node: ClassNode, method: Method, plan: HoldPlan): readonly Change[] | Obstacle {
  const { use, style, half, needsHalf, first } = plan;
  if (use.form !== 'callback' && !canBeAsync(method)) {
    return {
      node: method.node,
      why: `${method.name}() would have to be async to hold the lock, and its return type is not a plain promise`,
    };
  }
  const delegated = style === 'delegate' || needsHalf ? delegateToHalf(source, node, method, { half, use, first }) : undefined;
  if (delegated !== undefined) return delegated;
  if (needsHalf)
    return {
      node: method.node,
      why: `${method.name}() is called under the lock, and its parameters cannot be handed on to a half without it`,
    };
  return wrapBody(source, node, method, { use, first });
}

function canBeAsync({ value }: Method): boolean {
  const declared = value.returnType?.typeAnnotation;
  if (value.async || declared === undefined) return true;
  return declared.type === 'TSTypeReference' && declared.typeName.type === 'Identifier' && declared.typeName.name === 'Promise';
}
