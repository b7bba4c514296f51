import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { memberName } from '../ast/member-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import type { FileCode } from './file-code.ts';
import type { Binding } from '../names/binding.ts';

/** `name` is `*` for a module as a whole. `node:` is left out of `from`. */
export interface Imported {
  readonly from: string;
  readonly name: string;
}

/** What an expression is imported as: `spawn`, `cp.spawn`, `require('child_process').spawn`. */
export function importedAs(node: TSESTree.Node, code: FileCode): Imported | undefined {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier': {
      const binding = code.names.get(inner);
      return binding === undefined ? undefined : importOf(binding, code);
    }
    case 'MemberExpression': {
      const name = memberName(inner);
      return name === undefined ? undefined : memberOf(importedAs(inner.object, code), name);
    }
    case 'AwaitExpression':
      return unwrap(inner.argument).type === 'ImportExpression' ? importedAs(inner.argument, code) : undefined;
    case 'ImportExpression':
      return moduleOf(inner.source);
    case 'CallExpression':
      return calleeName(inner) === 'require' && inner.arguments.length === 1 ? moduleOf(inner.arguments[0]) : undefined;
    default:
      return undefined;
  }
}

function memberOf(whole: Imported | undefined, name: string): Imported | undefined {
  return whole === undefined || (whole.name !== '*' && whole.name !== 'default') ? undefined : { from: whole.from, name };
}

function moduleOf(source: TSESTree.Node | undefined): Imported | undefined {
  return source?.type === 'Literal' && typeof source.value === 'string' ? { from: source.value.replace(/^node:/, ''), name: '*' } : undefined;
}

function importOf({ node, id, kind }: Binding, code: FileCode): Imported | undefined {
  if (kind === 'import') return importDeclared(node, code);
  if (node.type !== 'VariableDeclarator' || node.init === null) return undefined;
  const whole = importedAs(node.init, code);
  if (node.id === id || whole === undefined) return whole;
  const property = node.id.type === 'ObjectPattern' ? node.id.properties.find((each) => each.type === 'Property' && each.value === id) : undefined;
  const name = property?.type === 'Property' ? keyName(property) : undefined;
  return name === undefined ? undefined : memberOf(whole, name);
}

function importDeclared(node: TSESTree.Node, { parents }: FileCode): Imported | undefined {
  if (node.type === 'TSImportEqualsDeclaration') {
    return node.moduleReference.type === 'TSExternalModuleReference' ? moduleOf(node.moduleReference.expression) : undefined;
  }
  const parent = parents.get(node);
  const whole = parent?.type === 'ImportDeclaration' ? moduleOf(parent.source) : undefined;
  if (whole === undefined || node.type === 'ImportNamespaceSpecifier') return whole;
  if (node.type === 'ImportDefaultSpecifier') return { from: whole.from, name: 'default' };
  if (node.type !== 'ImportSpecifier') return undefined;
  return { from: whole.from, name: node.imported.type === 'Identifier' ? node.imported.name : node.imported.value };
}
