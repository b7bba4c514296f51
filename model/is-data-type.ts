import type { Checker, CheckedType } from './instance-type.ts';
import type { Fact } from './service.ts';
import { PRIMITIVES } from './instance-type.ts';

/** `ts.Type`, as far as only this looks at it. */
interface Indexed extends CheckedType {
  readonly intrinsicName?: string;
  readonly types?: readonly CheckedType[];
  readonly target?: object;
  getNumberIndexType?: () => CheckedType | undefined;
  getStringIndexType?: () => CheckedType | undefined;
}

/** Objects of the platform that are values, whatever their methods. */
const VALUES = new Set(['Buffer', 'Date', 'RegExp', 'URL', 'Uint8Array']);
const LISTS = new Set(['Array', 'ReadonlyArray']);
const DEEPEST = 5;

/**
 * Whether a value of this type only says something: a primitive, or objects and lists of such, also those whose methods give nothing else
 * (an id that can be written as text). `no` for what can do something. Rows and documents of `any` count as data; `any` itself may be everything.
 */
export function isDataType(type: CheckedType, checker: Checker, around: readonly CheckedType[] = []): Fact {
  const given: Indexed = checker.getBaseConstraintOfType(type) ?? type;
  if (given.intrinsicName !== undefined) return ofIntrinsic(given.intrinsicName, around.length > 0);
  const present: Indexed = checker.getNonNullableType(given);
  if (around.includes(present)) return 'yes';
  if (around.length > DEEPEST) return 'unknown';
  const within = [...around, present];
  if (present.types !== undefined) return all(present.types.map((part) => isDataType(part, checker, within)));
  const apparent: Indexed = checker.getApparentType(present);
  const name = apparent.getSymbol()?.name ?? '';
  if (PRIMITIVES.has(name) || VALUES.has(name)) return 'yes';
  if (apparent.getCallSignatures().length > 0 || apparent.getConstructSignatures().length > 0) return 'no';
  const element: Indexed | undefined = apparent.getNumberIndexType?.();
  if (element !== undefined && (LISTS.has(name) || isTuple(apparent, name))) return ofElement(element, checker, within);
  return ofMembers(apparent, checker, within);
}

/** What is nested and `unknown` cannot be called without a cast. */
function ofIntrinsic(name: string, isNested: boolean): Fact {
  if (name === 'unknown') return isNested ? 'yes' : 'unknown';
  return /^(?:any|error|object)$/.test(name) ? 'unknown' : 'yes';
}

function ofMembers(type: Indexed, checker: Checker, within: readonly CheckedType[]): Fact {
  const members = type.getProperties().map((property) => checker.getTypeOfSymbol(property));
  const value = type.getStringIndexType?.();
  // Nothing is known of the type `{}`, which any object is assigned to; the value `{}` is empty.
  if (members.length === 0 && value === undefined) return type.getSymbol()?.name === '__object' ? 'yes' : 'unknown';
  return all([...members.map((member) => ofMember(member, checker, within)), ...(value === undefined ? [] : [ofElement(value, checker, within)])]);
}

/** `any[]` and `Record<string, any>` are rows and documents. */
function ofElement(element: Indexed, checker: Checker, within: readonly CheckedType[]): Fact {
  return element.intrinsicName === 'any' ? 'yes' : isDataType(element, checker, within);
}

/** A method is data if all that it gives is; one that gives nothing does something, and a promise comes from elsewhere. */
function ofMember(member: CheckedType, checker: Checker, within: readonly CheckedType[]): Fact {
  const signatures = checker.getNonNullableType(member).getCallSignatures();
  if (signatures.length === 0) return isDataType(member, checker, within);
  return all(
    signatures.map((signature) => {
      const result: Indexed = signature.getReturnType();
      return result.intrinsicName === 'void' || result.getProperty('then') !== undefined ? 'no' : isDataType(result, checker, within);
    }),
  );
}

function isTuple({ target }: Indexed, name: string): boolean {
  return name === '' && target !== undefined && 'elementFlags' in target;
}

function all(facts: readonly Fact[]): Fact {
  if (facts.includes('no')) return 'no';
  return facts.includes('unknown') ? 'unknown' : 'yes';
}
