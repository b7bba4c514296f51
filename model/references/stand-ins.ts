import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { memberName } from '../ast/member-name.ts';
import { visit } from '../ast/visit.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';
import { carriersOf, leadsTo, sourcesOf } from './carriers.ts';
import type { Family, Gap } from './family.ts';

const MOCKS: ReadonlySet<string> = new Set(['doMock', 'mock', 'unstable_mockModule']);

/** Where a test puts something else in the place of a class, that has no method of the name by which its callers are to call it from now on. */
export function standInsOf(project: Project, family: Family, method: string): readonly Gap[] {
  // A mock takes the place of the whole module, and of what is constructed in it.
  const outside = family.constructions.filter(({ file, made }) => file !== made.file);
  const carriers = outside.length === 0 ? new Set<string>() : carriersOf(project, family);
  return (outside.length === 0 ? [] : sourcesOf(project)).flatMap(({ file, source }) => {
    const names = [...new Set(outside.map(({ made }) => made.facts.name))];
    const has = new RegExp(String.raw`\b${method}\b`);
    return mocksIn(source).flatMap(({ node, specifier, text }): readonly Gap[] => {
      const name = names.find((one) => text.includes(one));
      return name !== undefined && !has.test(text) && leadsTo(specifier, file, carriers) ? [{ file, node, why: `a mock stands in for ${name} here, and has no ${method}()` }] : [];
    });
  });
}

interface Mock {
  readonly node: TSESTree.Node;
  readonly specifier: string;
  /** What makes the module that is used instead. */
  readonly text: string;
}

/** `vi.mock('./bus', () => ({ Bus: … }))`, `jest.mock(…)`; without a function the mock has all methods that the class has. */
function mocksIn({ program, text }: Source): readonly Mock[] {
  if (!/\b(?:doMock|mock|unstable_mockModule)\(/.test(text)) return [];
  const found: Mock[] = [];
  visit(program, (node) => {
    if (node.type !== 'CallExpression' || !MOCKS.has(calleeName(node) ?? '')) return undefined;
    const [module, factory] = node.arguments;
    const source = module?.type === 'ImportExpression' ? module.source : module;
    if (factory !== undefined && source?.type === 'Literal' && typeof source.value === 'string') found.push({ node, specifier: source.value, text: text.slice(...factory.range) });
    return undefined;
  });
  return found;
}

/** Where something is called by a name only if it is there: `part.start?.()`, `if ('start' in part) part.start()` would call what is there from now on. */
export function maybeCalls(project: Project, method: string): readonly Gap[] {
  return sourcesOf(project).flatMap(({ file, source: { program, text } }) => {
    if (!text.includes(method)) return [];
    const found: Gap[] = [];
    visit(program, (node) => {
      const isCalled = node.type === 'CallExpression' && node.optional && node.callee.type === 'MemberExpression' && memberName(node.callee) === method;
      const asked = node.type === 'BinaryExpression' && node.operator === 'in' && node.left.type === 'Literal' && node.left.value === method ? node.right : undefined;
      const isAsked = asked !== undefined && text.includes(`${text.slice(...asked.range)}.${method}(`);
      if (isCalled || isAsked) found.push({ file, node, why: `${method}() is called here of whatever has it, and of this class as well from now on` });
      return undefined;
    });
    return found;
  });
}
