import { positionOf } from '../model/line-of.ts';
import type { LifecycleSettings } from '../model/settings.ts';
import { rules } from '../rules/index.ts';
import { findingsOf, type RuleFinding } from './findings-of.ts';
import { parse } from './parse.ts';
import { resolveSettings } from './resolve-settings.ts';

/** What a rule says of one place in a file, in the words of ESLint. Lines and columns are 1-based; the end is behind the last character. */
export interface RuleReport {
  readonly rule: string;
  /** The class, function or module that it is about. */
  readonly service: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

/** What the documentation says of a rule in one line, and where its page is. */
export interface RulePage {
  readonly description: string;
  readonly url: string;
}

/** What some rules, as strictly as they can be set, report in a file without a byte order mark. Throws `UnparsableError`. */
export function ruleReportsOf(
  file: { readonly fileName: string; readonly text: string },
  names: readonly string[],
  settings: LifecycleSettings | undefined,
): readonly RuleReport[] {
  const source = parse(file.fileName, file.text);
  return findingsOf(source, resolveSettings(settings), names).map((finding) => {
    const [start, end] = finding.node.range.map((offset) => positionOf(source, offset));
    return {
      rule: finding.rule,
      service: finding.service,
      line: start?.line ?? 1,
      column: start?.column ?? 1,
      endLine: end?.line ?? 1,
      endColumn: end?.column ?? 1,
      message: messageOf(finding),
    };
  });
}

/** Undefined for a rule that there is not. */
export function rulePageOf(name: string): RulePage | undefined {
  const docs = rules.find((rule) => rule.name === name)?.meta.docs;
  return docs === undefined ? undefined : { description: docs.description, url: docs.url };
}

/** The message with its placeholders filled in, as ESLint does it. */
export function messageOf({ rule, messageId, data }: Pick<RuleFinding, 'data' | 'messageId' | 'rule'>): string {
  const template = rules.find(({ name }) => name === rule)?.meta.messages?.[messageId] ?? messageId;
  return template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) => String(data[key] ?? whole));
}
