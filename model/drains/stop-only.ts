import { callGraphOf } from '../locks/call-graph.ts';
import { calledHalf } from '../locks/called-half.ts';
import type { ClassFacts, LockFacts, Method } from '../service.ts';

/** The stop-side methods with their locked halves, and the helpers of the class that nothing else reaches. */
export function readStopOnly(facts: ClassFacts, stops: readonly Method[], { holds }: Pick<LockFacts, 'holds'>): ReadonlySet<string> {
  const { methods, callees } = callGraphOf(facts);
  const halves = holds.filter(({ method, covers }) => covers === 'yes' && stops.includes(method)).flatMap((hold) => calledHalf(hold) ?? []);
  const roots = new Set([...stops.map(({ name }) => name), ...halves]);
  const reached = new Set(roots);
  for (const name of reached) for (const callee of callees.get(name) ?? []) if (isHelper(callee, methods.get(callee)?.method)) reached.add(callee);
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    const others = [...callees].filter(([caller]) => !reached.has(caller)).flatMap(([, names]) => [...names]);
    for (const name of others) if (!roots.has(name)) reached.delete(name);
  }
  return reached;
}

/** Not called from outside: private, protected, or named so. */
function isHelper(name: string, method: Method | undefined): boolean {
  return method !== undefined && (!method.isPublic || name.startsWith('_'));
}
