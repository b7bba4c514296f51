import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../../model/ast/member-name.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Project } from '../../model/project.ts';
import type { Service } from '../../model/service.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { canUseStack } from '../startup/can-use-stack.ts';
import { fileStyleOf } from '../text/file-style.ts';
import { GLOBAL_STACK, type StackSource } from './stack-source.ts';
import type { UsingTarget } from './using-target.ts';
import { vendoredStack } from './vendored-stack.ts';

/** The first Node that has `await using`. */
const USING_NODE = 24;

/** What is known of a project, and asked of it. */
export interface UsingOptions {
  /** The lowest Node that it has to run on; unknown if nothing is said. */
  readonly nodeMajor?: number;
  /** The same where packages differ. */
  readonly nodeMajorFor?: (source: string) => number | undefined;
  /** Where a stack of our own stands or will stand that a source would import; without it none is used. */
  readonly stackFileFor?: (source: string) => string;
  readonly settings: ResolvedSettings;
}

/** What a file of a project may say: by the Node that the project needs, by what its compiler makes of `using`, and by the types that it has. */
export function projectTarget(project: Project, file: string, source: Source, { settings, stackFileFor, ...known }: UsingOptions): UsingTarget {
  const nodeMajor = known.nodeMajorFor === undefined ? known.nodeMajor : known.nodeMajorFor(file);
  const { lowersUsing, knowsAsyncDispose, knowsAsyncDisposableStack } = project.targetOf(file);
  const isNew = nodeMajor !== undefined && nodeMajor >= USING_NODE;
  const hasUsing = fileStyleOf(source).isTypeScript ? knowsAsyncDispose && (isNew || lowersUsing === 'yes') : isNew;
  const ownStack = (): StackSource | undefined => (stackFileFor === undefined ? undefined : vendoredStack(project, source, stackFileFor(file), nodeMajor ?? 0));
  const globalStack = (): StackSource | undefined => (canUseStack(source, { nodeMajor: nodeMajor ?? 0, nodeTypesMajor: knowsAsyncDisposableStack ? USING_NODE : 0 }) ? GLOBAL_STACK : undefined);
  const stack = hasUsing ? (isNew ? globalStack() : ownStack()) : undefined;
  const serviceOf = (made: TSESTree.Node): Service | undefined => serviceMade(project, file, made, settings);
  return { hasUsing, stack, serviceOf, isDisposedBy: (made, stop) => isDisposedBy(serviceOf(made), made, stop, source) };
}

/** The class of the project that `new Bus()` is of. */
function serviceMade(project: Project, file: string, made: TSESTree.Node, settings: ResolvedSettings): Service | undefined {
  const inner = unwrap(made);
  const callee = inner.type === 'NewExpression' ? unwrap(inner.callee) : undefined;
  const name = callee?.type === 'MemberExpression' ? callee.property : callee;
  if (name?.type !== 'Identifier') return undefined;
  const place = project.declarationOf({ file, offset: name.range[0] });
  const declared = place && project.sourceOf(place.file);
  return declared && servicesOf(declared, settings).find(({ node }) => (node.id ?? node).range[0] === place.offset);
}

/** Only what surely does the same: the dispose of a service that reaches the stop which is called, without arguments. */
export function isDisposedBy(service: Service | undefined, made: TSESTree.Node, stop: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(stop.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  if (service === undefined || name === undefined || stop.arguments.length > 0) return false;
  const { dispose, stop: side } = service;
  const isStop = name === '[Symbol.asyncDispose]' || [...side.methods, ...side.forwarders].some((method) => method.name === name);
  if (!isStop || dispose.hasAsync !== 'yes' || dispose.reachesStop !== 'yes') return false;
  return source.types === undefined || source.types.typeOf(made)?.isAsyncDisposable === 'yes';
}
