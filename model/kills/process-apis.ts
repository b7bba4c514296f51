import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap } from '../ast/unwrap.ts';
import type { FileCode } from './file-code.ts';
import { importedAs } from './imported.ts';

/** `node`: a `ChildProcess`. `execa`: one that is also a promise of its exit, and whose `kill()` escalates by itself. */
export type ChildKind = 'execa' | 'node';

const SPAWNS: Readonly<Record<string, readonly string[]>> = {
  child_process: ['exec', 'execFile', 'fork', 'spawn'],
  'cross-spawn': ['default', '*', 'spawn'],
};
const EXECA = new Set(['$', 'default', 'execa', 'execaCommand', 'execaNode', 'node']);
const CHILD_TYPES = new Set(['ChildProcess', 'ChildProcessByStdio', 'ChildProcessWithoutNullStreams']);
const EXECA_TYPES = new Set(['ExecaChildProcess', 'ExecaSubprocess', 'ResultPromise', 'Subprocess']);

/** Which kind of child process a call makes: `spawn(…)`, `cp.fork(…)`, `execa(…)`. */
export function spawnedBy(node: TSESTree.Node, code: FileCode): ChildKind | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'CallExpression') return undefined;
  const imported = importedAs(inner.callee, code);
  if (imported === undefined) return undefined;
  if (imported.from === 'execa') return EXECA.has(imported.name) ? 'execa' : undefined;
  return SPAWNS[imported.from]?.includes(imported.name) === true ? 'node' : undefined;
}

/** What a type says: a child process, many of them, nothing, or something else. */
export type TypeSays = ChildKind | 'children' | 'nothing' | 'other';

export function readType(type: TSESTree.TypeNode | undefined, code: FileCode): TypeSays {
  if (type === undefined) return 'nothing';
  switch (type.type) {
    case 'TSUnionType':
    case 'TSIntersectionType': {
      const said = new Set(type.types.filter((each) => each.type !== 'TSNullKeyword' && each.type !== 'TSUndefinedKeyword').map((each) => readType(each, code)));
      const [first] = said;
      return said.size === 1 && first !== undefined ? first : 'other';
    }
    case 'TSAnyKeyword':
      return 'nothing';
    case 'TSArrayType':
      return isChild(readType(type.elementType, code)) ? 'children' : 'other';
    case 'TSTypeOperator':
      return readType(type.typeAnnotation, code);
    case 'TSTypeReference':
      return readReference(type, code);
    default:
      return 'other';
  }
}

export function isChild(said: TypeSays): said is ChildKind {
  return said === 'node' || said === 'execa';
}

const COLLECTIONS = new Set(['Array', 'Map', 'ReadonlyArray', 'ReadonlyMap', 'ReadonlySet', 'Record', 'Set']);
const WRAPPERS = new Set(['NonNullable', 'Promise', 'Readonly', 'Required']);

function readReference({ typeName, typeArguments }: TSESTree.TSTypeReference, code: FileCode): TypeSays {
  const imported = importedType(typeName, code);
  if (imported !== undefined) {
    if (imported.from === 'child_process') return CHILD_TYPES.has(imported.name) ? 'node' : 'other';
    return imported.from === 'execa' && EXECA_TYPES.has(imported.name) ? 'execa' : 'other';
  }
  const parameters = typeArguments?.params ?? [];
  const last = parameters.at(-1);
  if (typeName.type !== 'Identifier' || last === undefined || code.names.has(typeName)) return 'other';
  if (COLLECTIONS.has(typeName.name)) return isChild(readType(last, code)) ? 'children' : 'other';
  if (WRAPPERS.has(typeName.name) && typeName.name !== 'Promise') return readType(last, code);
  return typeName.name === 'ReturnType' && last.type === 'TSTypeQuery' ? readQuery(last, code) : 'other';
}

/** `ReturnType<typeof spawn>`. */
function readQuery({ exprName }: TSESTree.TSTypeQuery, code: FileCode): TypeSays {
  const imported = exprName.type === 'TSImportType' ? undefined : importedType(exprName, code);
  if (imported === undefined) return 'other';
  if (imported.from === 'execa') return EXECA.has(imported.name) ? 'execa' : 'other';
  return SPAWNS[imported.from]?.includes(imported.name) === true ? 'node' : 'other';
}

function importedType(name: TSESTree.EntityName, code: FileCode): { readonly from: string; readonly name: string } | undefined {
  if (name.type === 'Identifier') return importedAs(name, code);
  if (name.type !== 'TSQualifiedName') return undefined;
  const whole = importedType(name.left, code);
  return whole === undefined || (whole.name !== '*' && whole.name !== 'default') ? undefined : { from: whole.from, name: name.right.name };
}
