import type { TSESTree } from '@typescript-eslint/utils';
import { calleeName } from '../ast/callee-name.ts';
import { keyName } from '../ast/key-name.ts';
import { someBelow } from '../ast/some-below.ts';
import { unwrap } from '../ast/unwrap.ts';
import { notesOf } from './function-notes.ts';
import { type Limit, limitBy, limitPerhaps, NO_LIMIT, tighter } from './limit.ts';
import { tellsTimeout } from './names.ts';
import type { Place } from './place.ts';
import { lastName } from '../ast/last-name.ts';

/** The deadline that a call gets by an option or an argument: `{ timeout: 5000 }`, `{ signal: AbortSignal.timeout(ms) }`, `drainMs`. */
export function limitOfOptions(call: TSESTree.CallExpression, place: Place): Limit {
  return call.arguments.map((argument) => limitOfArgument(argument, place)).reduce(tighter, NO_LIMIT);
}

function limitOfArgument(argument: TSESTree.Node, place: Place, depth = 0): Limit {
  const inner = unwrap(argument);
  switch (inner.type) {
    case 'ObjectExpression':
      return inner.properties.map((property) => limitOfProperty(property, place)).reduce(tighter, NO_LIMIT);
    case 'Literal':
      return typeof inner.value === 'number' && inner.value > 0 ? limitPerhaps(inner) : NO_LIMIT;
    case 'Identifier': {
      if (place.demanded.has(inner.name)) return limitPerhaps(inner);
      if (place.given.has(inner.name)) return tellsTimeout(inner.name) ? limitBy(inner) : NO_LIMIT;
      const init = place.scope.locals.get(inner.name)?.init;
      if (tellsTimeout(inner.name)) return limitBy(inner);
      if (/ms$/i.test(inner.name)) return limitPerhaps(inner);
      return init === undefined || depth > 3 ? NO_LIMIT : limitOfArgument(init, place, depth + 1);
    }
    case 'MemberExpression':
      if (isLeftOut(inner.object, place)) return NO_LIMIT;
      if (tellsTimeout(lastName(inner) ?? '')) return limitBy(inner);
      return /ms$|options$/i.test(lastName(inner) ?? '') ? limitPerhaps(inner) : NO_LIMIT;
    case 'CallExpression':
      return isSignalOfTime(inner, place) ? limitBy(inner) : NO_LIMIT;
    default:
      return NO_LIMIT;
  }
}

function limitOfProperty(property: TSESTree.ObjectLiteralElement, place: Place): Limit {
  if (property.type === 'SpreadElement') return isLeftOut(property.argument, place) ? NO_LIMIT : limitPerhaps(property);
  const name = keyName(property) ?? '';
  const value = unwrap(property.value);
  if (name === 'signal') {
    if (isSignalOfTime(value, place)) return limitBy(property);
    return isLeftOut(value, place) ? NO_LIMIT : limitPerhaps(property);
  }
  if (!tellsTimeout(name) && !/^(?:maxWait|milliseconds|ms)/.test(name)) return NO_LIMIT;
  return isNoTime(value) ? NO_LIMIT : limitBy(property);
}

/** `0`, `Infinity`, `undefined`, `false`: no limit, by the custom of most libraries. */
function isNoTime(value: TSESTree.Node): boolean {
  if (value.type === 'Literal') return value.value === 0 || value.value === false || value.value === null;
  return value.type === 'Identifier' && (value.name === 'Infinity' || value.name === 'undefined');
}

/** An argument of stop that its caller may leave out. */
function isLeftOut(value: TSESTree.Node, { given, demanded }: Place): boolean {
  return someBelow(value, (node) => node.type === 'Identifier' && given.has(node.name) && !demanded.has(node.name));
}

/** `AbortSignal.timeout(ms)`, also in `AbortSignal.any([…])`, or the signal of a controller that a timer of this function aborts. */
function isSignalOfTime(node: TSESTree.Node, place: Place, depth = 0): boolean {
  const inner = unwrap(node);
  if (depth > 3) return false;
  if (inner.type === 'CallExpression') {
    const name = calleeName(inner);
    if (name === 'timeout' || name === 'timeoutSignal') return true;
    return name === 'any' && inner.arguments.some((argument) => argument.type === 'ArrayExpression' && argument.elements.some((element) => element !== null && isSignalOfTime(element, place, depth + 1)));
  }
  if (inner.type === 'MemberExpression' && lastName(inner) === 'signal') {
    const controller = lastName(inner.object);
    return controller !== undefined && notesOf(place.fn).forces.some((timer) => abortsOn(timer, controller));
  }
  const local = inner.type === 'Identifier' ? place.scope.locals.get(inner.name) : undefined;
  if (local?.init === undefined) return false;
  if (local.path.length === 0) return isSignalOfTime(local.init, place, depth + 1);
  const controller = lastName(local.init);
  return controller !== undefined && notesOf(place.fn).forces.some((timer) => abortsOn(timer, controller));
}

function abortsOn(timer: TSESTree.CallExpression, controller: string): boolean {
  return someBelow(timer, (node) => node.type === 'MemberExpression' && lastName(node) === 'abort' && lastName(node.object) === controller);
}
