import type { TSESTree } from '@typescript-eslint/utils';
import { thisMember } from '../../model/ast/this-member.ts';
import { unwrap } from '../../model/ast/unwrap.ts';
import type { Service } from '../../model/service.ts';
import { pathTo } from '../teardown/path-to.ts';
import { type Local, localsRound } from './locals-round.ts';

/** What a call is about: the field (`this.server`) or the name that it is made on, and those that it is given. */
export function ownersOf({ node: root, facts }: Service, call: TSESTree.Node): readonly string[] {
  const inner = unwrap(call);
  const node = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
  const locals = localsRound(pathTo(root, call));
  if (node.type !== 'CallExpression') return ownerOf(node, locals) ?? [];
  const own = thisMember(node.callee);
  const callee = own !== undefined && facts.methods.has(own) ? [] : (ownerOf(node.callee, locals) ?? []);
  return [...callee, ...node.arguments.flatMap((argument) => ownerOf(argument, locals) ?? [])];
}

function ownerOf(node: TSESTree.Node, locals: ReadonlyMap<string, Local>): readonly string[] | undefined {
  let at = unwrap(node);
  for (;;) {
    const field = thisMember(at);
    if (field !== undefined) return [`this.${field}`];
    if (at.type === 'Identifier') {
      const local = locals.get(at.name);
      return local === 'own' ? undefined : [local === undefined ? at.name : `this.${local.field}`];
    }
    if (at.type === 'MemberExpression') at = unwrap(at.object);
    else if (at.type === 'CallExpression') at = unwrap(at.callee);
    else return undefined;
  }
}
