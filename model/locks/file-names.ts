import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { unwrap } from '../ast/unwrap.ts';
import { classesOf } from '../read-classes.ts';
import type { ClassFacts } from '../service.ts';

/** `name` is `default` for a default import and `*` for a namespace; `require` counts as both. */
export interface Imported {
  readonly from: string;
  readonly name: string;
}

/** What the names at the top of a file stand for. */
export interface FileNames {
  readonly imports: ReadonlyMap<string, Imported>;
  readonly constants: ReadonlyMap<string, TSESTree.Expression>;
  readonly classes: ReadonlyMap<string, ClassFacts>;
}

const cache = new WeakMap<TSESTree.Program, FileNames>();
const UNSEEN: FileNames = Object.freeze({ imports: new Map(), constants: new Map(), classes: new Map() });

/** Without a program nothing is known of the file, and names are taken for what they usually mean. */
export function fileNamesOf(program: TSESTree.Program | undefined): FileNames {
  if (program === undefined) return UNSEEN;
  const known = cache.get(program);
  if (known !== undefined) return known;
  const imports = new Map<string, Imported>();
  const constants = new Map<string, TSESTree.Expression>();
  for (const statement of program.body) readStatement(statement, imports, constants);
  const classes = new Map(classesOf(program).map((facts) => [facts.name, facts]));
  const names = Object.freeze({ imports, constants, classes });
  cache.set(program, names);
  return names;
}

function readStatement(
  statement: TSESTree.ProgramStatement,
  imports: Map<string, Imported>,
  constants: Map<string, TSESTree.Expression>,
): void {
  if (statement.type === 'ImportDeclaration') {
    for (const specifier of statement.specifiers)
      imports.set(specifier.local.name, { from: statement.source.value, name: importedName(specifier) });
  } else if (statement.type === 'TSImportEqualsDeclaration' && statement.moduleReference.type === 'TSExternalModuleReference') {
    imports.set(statement.id.name, { from: statement.moduleReference.expression.value, name: 'default' });
  } else if (statement.type === 'ExportNamedDeclaration' && statement.declaration?.type === 'VariableDeclaration') {
    readVariables(statement.declaration, imports, constants);
  } else if (statement.type === 'VariableDeclaration') {
    readVariables(statement, imports, constants);
  }
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value;
}

function readVariables(
  node: TSESTree.VariableDeclaration,
  imports: Map<string, Imported>,
  constants: Map<string, TSESTree.Expression>,
): void {
  for (const { id, init } of node.declarations) {
    if (init == null) continue;
    const required = requiredModule(init);
    if (id.type === 'Identifier') {
      if (required !== undefined) imports.set(id.name, required);
      else constants.set(id.name, init);
    } else if (id.type === 'ObjectPattern' && required !== undefined) {
      readRequired(id, required.from, imports);
    }
  }
}

/** `const { Mutex: M } = require('m')`. */
function readRequired({ properties }: TSESTree.ObjectPattern, from: string, imports: Map<string, Imported>): void {
  for (const property of properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    imports.set(property.value.name, { from, name: keyName(property) ?? 'default' });
  }
}

/** `require('m')` and `require('m').Name`. */
function requiredModule(init: TSESTree.Expression): Imported | undefined {
  const value = unwrap(init);
  if (value.type === 'MemberExpression') {
    const whole = requiredModule(value.object);
    const name = keyName({ key: value.property, computed: value.computed });
    return whole === undefined || name === undefined ? undefined : { from: whole.from, name };
  }
  if (value.type !== 'CallExpression' || calleeName(value) !== 'require') return undefined;
  const [specifier] = value.arguments;
  return specifier?.type === 'Literal' ? { from: String(specifier.value), name: 'default' } : undefined;
}
