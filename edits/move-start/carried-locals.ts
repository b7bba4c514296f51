import type { TSESTree } from '@typescript-eslint/utils';
import { boundNames } from '../../model/ast/bound-names.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { someBelow } from '../../model/ast/some-below.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';
import type { Change } from '../outcome.ts';
import { usesName } from '../text/uses-name.ts';
import { freeNames } from './free-names.ts';
import { isInert, isInertStatement } from './is-inert.ts';
import { keepParameter } from './keep-parameter.ts';
import { fieldKeeping, throughField } from './kept-in-field.ts';
import type { Obstacle } from './start-unit.ts';

export interface CarriedLocals {
  /** The statements that go, with the declarations that only they need. */
  readonly gone: readonly TSESTree.Statement[];
  /** In what goes: `this.url` for `url`. */
  readonly renamed: readonly Change[];
  /** In the parameters of the constructor. */
  readonly kept: readonly Change[];
  /** The fields by which that is read now. */
  readonly fields: readonly string[];
}

/** What statements need of the locals of the constructor, once they do not stand in it any more. */
export function carriedLocals(statements: readonly TSESTree.Statement[], facts: ClassFacts, source: Source, isFree: (field: string) => boolean): CarriedLocals | Obstacle {
  const all = facts.constructorNode?.value.body?.body ?? [];
  const gone = new Set(statements);
  for (let known = -1; known < gone.size; ) {
    known = gone.size;
    for (const name of localsIn([...gone], facts, source)) {
      const own = declarationOf(name, all);
      if (own !== undefined && !gone.has(own) && fieldKeeping(name, facts, [...gone], false) === undefined && canGo(own, all, gone)) gone.add(own);
    }
  }
  const ordered = all.filter((statement) => gone.has(statement));
  const rest = all.filter((statement) => !gone.has(statement));
  const lost = ordered.flatMap((statement) => declaredBy(statement)).find((name) => rest.some((statement) => usesName(statement, name)));
  const [first] = ordered;
  if (lost !== undefined && first !== undefined) return { node: first, why: `the rest of the construction needs ${lost}` };
  const read = readThroughFields(ordered, facts, source, isFree);
  return 'why' in read ? read : { gone: ordered, ...read };
}

function readThroughFields(gone: readonly TSESTree.Statement[], facts: ClassFacts, source: Source, isFree: (field: string) => boolean): Omit<CarriedLocals, 'gone'> | Obstacle {
  const renamed: Change[] = [];
  const kept: Change[] = [];
  const fields: string[] = [];
  const declared = new Set(gone.flatMap(declaredBy));
  for (const name of localsIn(gone, facts, source)) {
    if (declared.has(name)) continue;
    const node = gone.find((statement) => usesName(statement, name)) ?? facts.node;
    const isReadLater = gone.some((statement) => someBelow(statement, (at) => isFunction(at) && usesName(at, name)));
    const known = fieldKeeping(name, facts, gone, isReadLater);
    const parameter = known === undefined && isFree(name) ? keepParameter(name, facts, source) : undefined;
    if (parameter !== undefined) kept.push(parameter);
    const field = parameter === undefined ? known : name;
    if (field === undefined) return { node, why: `it reads ${name}, which only the constructor has` };
    const changes = gone.map((statement) => throughField(name, field, statement, source));
    if (changes.includes(undefined)) return { node, why: `it reads ${name} where \`this\` is another object` };
    renamed.push(...changes.flatMap((list) => list ?? []));
    fields.push(field);
  }
  return { renamed, kept, fields };
}

function localsIn(statements: readonly TSESTree.Statement[], { constructorNode }: ClassFacts, { program }: Source): readonly string[] {
  const names = statements.flatMap((statement) => [...freeNames(statement, program)].flatMap(([name, scope]) => (scope !== undefined && constructorNode !== undefined && contains(constructorNode, scope) ? [name] : [])));
  return [...new Set(names)];
}

function declaredBy(statement: TSESTree.Statement): readonly string[] {
  if (statement.type === 'FunctionDeclaration') return [statement.id.name];
  return statement.type === 'VariableDeclaration' ? boundNames(statement) : [];
}

function declarationOf(name: string, all: readonly TSESTree.Statement[]): TSESTree.Statement | undefined {
  return all.find((statement) => declaredBy(statement).includes(name));
}

/** `const every = options.every ?? 1000`, which nothing that stays needs, and which would give the same later. */
function canGo(own: TSESTree.Statement, all: readonly TSESTree.Statement[], gone: ReadonlySet<TSESTree.Statement>): boolean {
  if (own.type !== 'VariableDeclaration' || own.kind !== 'const') return false;
  if (!own.declarations.every(({ init }) => init !== null && isInert(init))) return false;
  const others = all.filter((statement) => statement !== own && !gone.has(statement));
  if (declaredBy(own).some((name) => others.some((statement) => usesName(statement, name)))) return false;
  const isSettled = own.declarations.every(({ id, init }) => id.type === 'Identifier' && init !== null && !someBelow(init, ({ type }) => type === 'MemberExpression' || type === 'ThisExpression'));
  return isSettled || all.slice(all.indexOf(own) + 1).every((statement) => gone.has(statement) || isInertStatement(statement));
}
