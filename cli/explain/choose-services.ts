import { lineOf } from '../../model/line-of.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import { otherClassesOf, type OtherClass } from '../../model/why-no-service.ts';
import { CliError } from '../cli-error.ts';
import { suggest } from '../arguments/did-you-mean.ts';
import { quoteName } from '../files/quote-name.ts';
import type { Explanation } from './explanation.ts';

interface File {
  readonly name: string;
  readonly source: Source;
  readonly settings: ResolvedSettings;
}

/** So many classes are told of. */
const TOLD = 5;

/** The services that are asked for. Throws a CliError that says why there is none. */
export function chooseServices(services: readonly Explanation[], className: string | undefined, file: File): readonly Explanation[] {
  const name = quoteName(file.name);
  const others = otherClassesOf(file.source, file.settings);
  if (className === undefined) {
    if (services.length > 0) return services;
    if (others.length === 0) throw new CliError(`${name} holds no class, and so no service`);
    const more = others.length > TOLD ? `; and ${String(others.length - TOLD)} more` : '';
    throw new CliError(`${name} holds no service: ${others.slice(0, TOLD).map((other) => said(other, file)).join('; ')}${more}`);
  }
  const chosen = services.filter(({ service }) => service === className);
  if (chosen.length > 0) return chosen;
  const other = others.find(({ facts }) => facts.name === className);
  if (other !== undefined) throw new CliError(`${name}: ${said(other, file)}`);
  const known = [...services.map(({ service }) => service), ...others.map(({ facts }) => facts.name)];
  const hint = suggest(className, known);
  const listed = hint === '' && services.length > 0 ? `; its services are ${services.map(({ service }) => service).join(', ')}` : '';
  throw new CliError(`${name} has no class ${quoteName(className)}${hint}${listed}`);
}

function said({ facts, why, pair }: OtherClass, { source }: File): string {
  return `${facts.name} (line ${String(lineOf(source, facts.node))}) is none, because ${WHYS[why](pair?.start ?? '', pair?.stop ?? '')}`;
}

const WHYS: Readonly<Record<OtherClass['why'], (start: string, stop: string) => string>> = {
  'no-pair': () => 'it has no pair of methods that start and stop it (settings.lifecycle.pairs adds names)',
  declared: () => 'it is only declared',
  synchronous: (start, stop) => `neither ${start}() nor ${stop}() is asynchronous`,
  empty: (start, stop) => `${start}() and ${stop}() do nothing, or only throw`,
  'only-super': (start, stop) => `${start}() and ${stop}() only call those of its base class`,
  keyed: (start, stop) => `${start}() and ${stop}() are about one of many things, which their parameter names`,
  factory: (start) => `${start}() gives out a new object rather than starting this one`,
  'no-evidence': (start, stop) => `${start}() and ${stop}() spawn no work, clear no timer and keep no running flag`,
};
