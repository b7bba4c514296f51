import type { TSESTree } from '@typescript-eslint/utils';
import { someBelow } from '../model/ast/some-below.ts';
import { memberName } from '../model/ast/member-name.ts';
import { isFunction } from '../model/ast/is-function.ts';
import type { ClassFacts, Method, Service } from '../model/service.ts';
import { readsThisInDefaults } from './forwarded-parameters.ts';
import { returnsPromise } from './returns-promise.ts';

export interface Obstacle {
  readonly node: TSESTree.Node;
  readonly why: string;
}

/** What stands against holding a lock in the methods of a service, whichever lock and however it is held. */
export function lockObstacle(service: Service, methods: readonly Method[]): Obstacle | undefined {
  return (
    hierarchyObstacle(service, methods) ??
    constructorObstacle(service, methods) ??
    methods.map(methodObstacle).find((found) => found !== undefined)
  );
}

function methodObstacle(method: Method): Obstacle | undefined {
  const { name, value, node } = method;
  const called = `${name}()`;
  if (method.isGenerator) return { node, why: `${called} is a generator, and a lock would stay held while it is suspended` };
  if (node.override) return { node, why: `${called} overrides a method of a base class which cannot be seen from here` };
  if (readsThisInDefaults(value)) return { node, why: `a parameter default of ${called} reads the object before the lock would be held` };
  const superCall = someBelow(
    value,
    (inner) => inner.type === 'MemberExpression' && inner.object.type === 'Super' && memberName(inner) === name,
  );
  if (superCall) return { node, why: `${called} calls super.${name}(), and the base class may need the lock for itself` };
  if (!returnsPromise(method)) return { node, why: `${called} is synchronous, and holding a lock would make it return a promise` };
  return undefined;
}

function hierarchyObstacle({ facts }: Service, methods: readonly Method[]): Obstacle | undefined {
  for (const { name, node } of methods) {
    const base = baseWith(facts, name);
    if (base !== undefined) return { node, why: `${name}() overrides that of its base class ${base.name}` };
    const subclass = subclassWith(facts, name);
    if (subclass !== undefined) return { node: subclass.node, why: `its subclass ${subclass.name} overrides ${name}()` };
  }
  return undefined;
}

function baseWith({ base }: ClassFacts, name: string): ClassFacts | undefined {
  if (typeof base !== 'object') return undefined;
  return base.methods.has(name) ? base : baseWith(base, name);
}

function subclassWith({ subclasses }: ClassFacts, name: string): ClassFacts | undefined {
  for (const subclass of subclasses) {
    const found = subclass.methods.has(name) ? subclass : subclassWith(subclass, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function constructorObstacle({ facts }: Service, methods: readonly Method[]): Obstacle | undefined {
  const own = facts.constructorNode;
  if (
    own !== undefined &&
    someBelow(own.value, (node) => node.type === 'ReturnStatement' && node.argument !== null, isFunctionBut(own.value))
  ) {
    return { node: own, why: 'its constructor returns another object, perhaps a proxy, which would not have the lock' };
  }
  for (let { base } = facts; typeof base === 'object'; { base } = base) {
    const caller = base.constructorNode;
    const starts = (node: TSESTree.Node): boolean =>
      node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && methods.some(({ name }) => name === memberName(node));
    if (caller !== undefined && someBelow(caller.value, starts)) {
      return { node: caller, why: `its base class ${base.name} starts it while it is being constructed, before it has a lock` };
    }
  }
  return undefined;
}

function isFunctionBut(root: TSESTree.Node): (node: TSESTree.Node) => boolean {
  return (node) => node !== root && isFunction(node);
}
