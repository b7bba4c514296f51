import type { TSESTree } from '@typescript-eslint/utils';
import type { Change } from '../../edits/outcome.ts';
import { contains } from '../../model/ast/contains.ts';
import { isFunction } from '../../model/ast/is-function.ts';
import { isPropertyName } from '../../model/ast/is-property-name.ts';
import { type Parents, parentsOf } from '../../model/ast/parents.ts';
import { visit } from '../../model/ast/visit.ts';
import type { ServiceKind } from '../../model/service.ts';
import { servicesOf } from '../../model/services-of.ts';
import type { Source } from '../../model/source.ts';

/** One protection taken away from a file that has it. */
export interface Mutation {
  /** What was done, as in the tables: `the deadline is taken off`. */
  readonly what: string;
  /** The rule that should report it first, and those that may in its place. */
  readonly rules: readonly [string, ...string[]];
  readonly node: TSESTree.Node;
  readonly changes: readonly Change[];
  /** Why nothing is lost with it, or why the rule book does not ask for it, where the syntax or the kind of the service tells. */
  readonly harmless?: string | undefined;
}

/** A file, as mutators look at it. They see its syntax and the kinds of its services, and none of the facts that the rules judge by. */
export interface Specimen {
  readonly source: Source;
  readonly parents: Parents;
  readonly nodes: readonly TSESTree.Node[];
}

/** Every way in which a file can lose one kind of protection. */
export type Mutator = (specimen: Specimen) => readonly Mutation[];

export function specimenOf(source: Source): Specimen {
  const nodes: TSESTree.Node[] = [];
  visit(source.program, (node) => {
    nodes.push(node);
    return undefined;
  });
  return { source, parents: parentsOf(source.program), nodes };
}

export function textOf({ source }: Specimen, node: TSESTree.Node): string {
  return source.text.slice(...node.range);
}

export function remove(node: TSESTree.Node): Change {
  return replace(node, '');
}

export function replace({ range: [start, end] }: TSESTree.Node, text: string): Change {
  return { start, end, text };
}

/** The kind of the service that a node stands in. */
export function kindAt({ range: [start, end] }: TSESTree.Node, { source }: Specimen): ServiceKind | undefined {
  return servicesOf(source).find(({ node }) => node.range[0] <= start && end <= node.range[1])?.kind;
}

/** A statement without effect in the place of another, which may be all that an `if` does. */
export function drop(statement: TSESTree.Node, { parents }: Specimen): Change {
  const parent = parents.get(statement);
  return replace(statement, parent?.type === 'BlockStatement' || parent?.type === 'Program' ? '' : '{}');
}

/** The function that a node stands in, and the class. */
export function functionOf(node: TSESTree.Node, { parents }: Specimen): TSESTree.Node | undefined {
  return enclosing(node, parents, isFunction);
}

export function classOf(node: TSESTree.Node, { parents }: Specimen): TSESTree.Node | undefined {
  return enclosing(node, parents, ({ type }) => type === 'ClassBody');
}

function enclosing(node: TSESTree.Node, parents: Parents, test: (node: TSESTree.Node) => boolean): TSESTree.Node | undefined {
  let at = parents.get(node);
  while (at !== undefined && !test(at)) at = parents.get(at);
  return at;
}

/** What follows a statement before its function ends, as long as only blocks end. */
export function statementsAfter(statement: TSESTree.Node, { parents }: Specimen): readonly TSESTree.Statement[] {
  const after: TSESTree.Statement[] = [];
  for (let at = statement, parent = parents.get(at); parent !== undefined && !isFunction(parent); at = parent, parent = parents.get(at)) {
    if (parent.type === 'BlockStatement') after.push(...parent.body.filter(({ range }) => range[0] >= at.range[1]));
  }
  return after;
}

/** The name of the class member that a node stands in; empty outside of classes. */
export function memberAround(node: TSESTree.Node, { parents }: Specimen): string {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = parents.get(at)) {
    if (at.type === 'MethodDefinition' || at.type === 'PropertyDefinition') {
      if (at.key.type === 'PrivateIdentifier' || at.key.type === 'Identifier') return at.key.name;
      return '';
    }
  }
  return '';
}

/** Whether a member is of stop by its name, and of start. */
export function isOfStop(member: string): boolean {
  return /stop|close|shutdown|dispose|disconnect|terminate|teardown|destroy|^end|drain/i.test(member);
}

export function isOfStart(member: string): boolean {
  return /start|connect(?!ed)|open(?!ing)|init|listen/i.test(member) && !/disconnect/i.test(member);
}

/** The statement that a node is, or stands in. */
export function statementAround(node: TSESTree.Node, { parents }: Specimen): TSESTree.Statement | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = parents.get(at)) {
    const parent = parents.get(at);
    if (parent?.type === 'BlockStatement' || parent?.type === 'Program') return at as TSESTree.Statement;
  }
  return undefined;
}

/** The statements of a block as text, without its braces. */
export function insideOf(specimen: Specimen, block: TSESTree.BlockStatement): string {
  return specimen.source.text.slice(block.range[0] + 1, block.range[1] - 1);
}

/** Without the locals that only a node reads, which would stand there for nothing: `const startedAt = await table.startedAt(pid);`. */
export function localsOnlyFor(node: TSESTree.Node, specimen: Specimen): readonly Change[] {
  const around = functionOf(node, specimen);
  return specimen.nodes.flatMap((declaration) => {
    const [declarator, ...more] = declaration.type === 'VariableDeclaration' ? declaration.declarations : [];
    if (declarator?.id.type !== 'Identifier' || more.length > 0 || functionOf(declaration, specimen) !== around || contains(node, declaration)) return [];
    const { id } = declarator;
    const uses = specimen.nodes.filter((use) => use.type === 'Identifier' && use.name === id.name && use !== id && (around === undefined || contains(around, use)) && !isPropertyName(use, specimen.parents.get(use)));
    return uses.length > 0 && uses.every((use) => contains(node, use)) ? [drop(declaration, specimen)] : [];
  });
}
