import type { TSESTree } from '@typescript-eslint/utils';
import { outermost, parentsOf } from '../../model/ast/parents.ts';
import { placeName } from '../../model/ast/place-name.ts';
import { usesName } from '../text/uses-name.ts';

/** What holds a new instance, and the statements among which it is made. */
export interface Holder {
  readonly kind: 'holder';
  /** `bus`, `this.bus`. */
  readonly place: string;
  readonly statement: TSESTree.Statement;
  readonly list: readonly TSESTree.Statement[];
  /** Whether the statement declares it too, so that nothing outside its block can name it. */
  readonly isDeclared: boolean;
}

/** `how`: to be read after `new Bus() in main()`. `inExpression`: it stands where another expression could stand as well. */
export interface Escape {
  readonly kind: 'escape';
  readonly how: string;
  readonly inExpression: boolean;
}

/** The local or field that a `new` is the whole value of, by a statement of its own. */
export function holderOf(node: TSESTree.NewExpression, program: TSESTree.Program): Escape | Holder {
  const parents = parentsOf(program);
  const value = outermost(node, { parents });
  const parent = parents.get(value);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const { name } = parent.id;
    const declaration = parents.get(parent);
    if (declaration?.type !== 'VariableDeclaration') return escape('is declared in a way that is not known', false);
    const later = declaration.declarations.slice(declaration.declarations.findIndex((one) => one === parent) + 1);
    return later.some((one) => usesName(one, name)) ? escape('is used by the statement that makes it', false) : among(declaration, name, parents.get(declaration));
  }
  if (parent?.type === 'AssignmentExpression' && parent.right === value) {
    const statement = parents.get(parent);
    const place = parent.operator === '=' ? placeName(parent.left) : undefined;
    if (statement?.type === 'ExpressionStatement' && place !== undefined && !place.includes('[')) return among(statement, place, parents.get(statement));
    return escape(parent.operator === '=' ? 'is kept in more than a variable or a field of `this`' : 'is only made where there was none', false);
  }
  return escape(...wordsFor(parent, value));
}

function among(statement: TSESTree.Statement, place: string, around: TSESTree.Node | undefined): Escape | Holder {
  const isDeclared = statement.type === 'VariableDeclaration';
  if (around?.type === 'BlockStatement' || around?.type === 'Program') return { kind: 'holder', place, statement, list: around.body, isDeclared };
  if (around?.type === 'SwitchCase') return { kind: 'holder', place, statement, list: around.consequent, isDeclared };
  return escape(around?.type === 'ExportNamedDeclaration' ? 'is exported by the statement that makes it' : 'is made by a statement that has no block around it', false);
}

function escape(how: string, inExpression: boolean): Escape {
  return { kind: 'escape', how, inExpression };
}

function wordsFor(parent: TSESTree.Node | undefined, value: TSESTree.Node): readonly [string, boolean] {
  switch (parent?.type) {
    case 'PropertyDefinition':
      return ['is the value of a field, and has to be started by the start of its owner', false];
    case 'ReturnStatement':
      return ['is returned before it could be started', true];
    case 'ArrowFunctionExpression':
      return ['is returned before it could be started', parent.body === value];
    case 'CallExpression':
    case 'NewExpression':
      return ['is handed on before it could be started', parent.callee !== value];
    case 'ArrayExpression':
      return ['is put into a list before it could be started', true];
    case 'Property':
      return ['is put into an object before it could be started', parent.value === value];
    case 'ExpressionStatement':
      return ['is kept by nobody who could start it', false];
    case 'MemberExpression':
      return ['is used by the expression that makes it', false];
    default:
      return ['is used before it could be started', false];
  }
}
