import type { CodemodOptions } from './codemod.ts';

/** Options as jscodeshift's command line gives them: `--lock=inline --style=wrap --packages=async-lock,p-queue --nodeMajor=20 --drainTimeout=5000`. */
export function transformOptions({
  lock,
  style,
  packages,
  nodeMajor,
  nodeTypesMajor,
  lockFile,
  drainTimeout,
  settings,
}: Readonly<Record<string, unknown>>): CodemodOptions {
  return {
    ...(lock === undefined ? {} : { lock: oneOf('lock', lock, ['auto', 'inline']) }),
    ...(style === undefined ? {} : { style: oneOf('style', style, ['delegate', 'using', 'wrap']) }),
    ...(packages === undefined
      ? {}
      : { packages: Array.isArray(packages) ? packages.map(String) : textOf('packages', packages).split(',') }),
    ...(nodeMajor === undefined ? {} : { nodeMajor: Number(nodeMajor) }),
    ...(nodeTypesMajor === undefined ? {} : { nodeTypesMajor: Number(nodeTypesMajor) }),
    ...(lockFile === undefined ? {} : { lockFile: textOf('lockFile', lockFile) }),
    ...(drainTimeout === undefined ? {} : { drainTimeout: millisecondsOf('drainTimeout', drainTimeout) }),
    ...(typeof settings === 'object' && settings !== null ? { settings } : {}),
  };
}

function oneOf<Value extends string>(name: string, value: unknown, values: readonly Value[]): Value {
  const known = values.find((one) => one === value);
  if (known === undefined) throw new TypeError(`${name} must be one of ${values.join(', ')}, not ${JSON.stringify(value)}`);
  return known;
}

function millisecondsOf(name: string, value: unknown): number {
  const milliseconds = Number(value);
  if (!Number.isSafeInteger(milliseconds) || milliseconds <= 0) throw new TypeError(`${name} must be a number of milliseconds, not ${JSON.stringify(value)}`);
  return milliseconds;
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string, not ${JSON.stringify(value)}`);
  return value;
}
