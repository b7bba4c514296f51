import type { TSESTree } from '@typescript-eslint/utils';
import { contains } from '../../model/ast/contains.ts';
import { parentsOf } from '../../model/ast/parents.ts';
import { visit } from '../../model/ast/visit.ts';
import { bindingOf } from '../../model/names/binding-of.ts';
import type { Bases } from '../../model/references/bases.ts';
import type { ClassFacts } from '../../model/service.ts';
import type { Source } from '../../model/source.ts';

/** Why a class may have a member of a name already, of its own or of what it extends; undefined where it surely has none. */
export function takenBecause(name: string, facts: ClassFacts, { types }: Source, { classes, last }: Bases): string | undefined {
  if (hasMember(facts, name)) return `it has another ${name} already`;
  const owner = classes.find((base) => hasMember(base, name));
  if (owner !== undefined) return `${owner.name}, which it extends, has a ${name} already`;
  if (last === undefined) return undefined;
  const self = thisIn(facts.node);
  // Of a base that cannot be resolved the checker says nothing, not even that it is missing.
  const type = self === undefined || !isOfPackage(last.superClass, last.source.program) || last.source.types?.typeOf(last.superClass) === undefined ? undefined : types?.typeOf(self);
  if (type === undefined) return `what it extends, which cannot be seen, may have a ${name} already`;
  return type.method(name) === undefined ? undefined : `what it extends has a ${name} already`;
}

/** What a package or the platform declares can be trusted to be whole. A class in a file that is not of the project may extend what cannot be resolved. */
function isOfPackage(superClass: TSESTree.Node, program: TSESTree.Program): boolean {
  let root = superClass;
  while (root.type === 'MemberExpression') root = root.object;
  if (root.type !== 'Identifier') return false;
  const binding = bindingOf(root.name, root, parentsOf(program));
  const source = binding?.kind === 'import' ? program.body.find((statement) => statement.type === 'ImportDeclaration' && contains(statement, binding.id)) : undefined;
  return binding === undefined || (source?.type === 'ImportDeclaration' && /^[^./#~]/.test(source.source.value));
}

export function hasMember({ bodyless, fields, getters, methods }: ClassFacts, name: string): boolean {
  return methods.has(name) || getters.has(name) || fields.has(name) || bodyless.has(name);
}

function thisIn(root: TSESTree.Node): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  visit(root, (node) => {
    if (node.type === 'ThisExpression') found ??= node;
    return undefined;
  });
  return found;
}
