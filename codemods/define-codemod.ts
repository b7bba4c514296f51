import type { Codemod, CodemodOptions } from './codemod.ts';
import { runCodemods } from './run-codemod.ts';
import { transformOptions } from './transform-options.ts';

/** What jscodeshift hands to a transform, as far as it is used. */
interface TransformFile {
  readonly path: string;
  readonly source: string;
}

interface TransformApi {
  readonly report?: (message: string) => void;
}

/** A codemod that jscodeshift can run as it is: `jscodeshift --no-babel -t …`. */
export type CodemodTransform = Codemod &
  ((file: TransformFile, api?: TransformApi, options?: Readonly<Record<string, unknown>>) => string | undefined);

/** Makes a jscodeshift transform of a codemod; it carries the codemod's own properties too. */
export function defineCodemod(spec: Codemod): CodemodTransform {
  const transform = (file: TransformFile, api?: TransformApi, options: Readonly<Record<string, unknown>> = {}): string | undefined => {
    const { text, services } = runCodemods([spec], { fileName: file.path, text: file.source }, transformOptions(options));
    for (const { service, left } of services) {
      for (const { line, why } of left) api?.report?.(`${file.path}:${String(line)} ${service} was left: ${why}`);
    }
    return text === file.source ? undefined : text;
  };
  const properties = Object.entries(spec).map(([key, value]) => [key, { value: value as unknown, enumerable: true }] as const);
  return Object.defineProperties(transform, Object.fromEntries(properties)) as CodemodTransform;
}

export type { CodemodOptions };
