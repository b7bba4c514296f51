import { parse } from '../../codemods/parse.ts';
import { positionOf } from '../../model/line-of.ts';
import { DEFAULT_SETTINGS } from '../../model/settings.ts';
import { servicesOf } from '../../model/services-of.ts';
import { rules } from '../../rules/index.ts';
import type { Report, SourceFile } from './lint.ts';

/** A report that also says which class it is about. */
export interface Finding extends Report {
  readonly service: string;
}

export interface Reading {
  /** Names of the classes that are services. */
  readonly services: readonly string[];
  readonly findings: readonly Finding[];
}

/** What the rules find without ESLint, over oxc-parser's tree, with the options that the preset `all` gives them. */
export function readWithOxc({ path, text }: SourceFile): Reading {
  const source = parse(path, text.replace(/^\uFEFF/, ''));
  const findings = rules.flatMap((rule) =>
    rule.findingsIn(source, DEFAULT_SETTINGS, rule.meta.docs.presets.strict).map(({ node, messageId, data, service }): Finding => {
      const template = rule.meta.messages?.[messageId] ?? messageId;
      const message = template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) => String(data[key] ?? whole));
      return { rule: rule.name, service, message, ...positionOf(source, node.range[0]) };
    }),
  );
  return { services: servicesOf(source).map(({ name }) => name), findings };
}
