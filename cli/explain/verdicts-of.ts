import { messageOf } from '../../codemods/rule-reports.ts';
import type { Service } from '../../model/service.ts';
import type { ResolvedSettings } from '../../model/settings.ts';
import type { Source } from '../../model/source.ts';
import type { LifecycleRule } from '../../rules/define-rule.ts';
import type { Finding } from '../../rules/finding.ts';
import { rules } from '../../rules/index.ts';
import { silenceOf } from '../../rules/silence-of.ts';
import type { Opinion, Verdict } from './explanation.ts';
import type { PlaceOf } from './place.ts';

interface File {
  readonly source: Source;
  readonly settings: ResolvedSettings;
  readonly placeOf: PlaceOf;
}

/** What each rule says of a service under the two presets, and why it says nothing. The file is judged once, whatever it holds. */
export function judgeIn(file: File): (service: Service) => readonly Verdict[] {
  const judged = rules.map((rule) => ({ rule, recommended: findingsOf(rule, 'recommended', file), strict: findingsOf(rule, 'strict', file) }));
  return (service) =>
    judged.map(({ rule, ...found }): Verdict => {
      const { description, url } = rule.meta.docs;
      const recommended = found.recommended?.filter((finding) => isAbout(finding, service));
      const strict = found.strict?.filter((finding) => isAbout(finding, service));
      const isStrictOnly = recommended?.length === 0 && (strict?.length ?? 0) > 0;
      return {
        rule: rule.name,
        description,
        url,
        recommended: opinionOf(rule, recommended, isStrictOnly, service, file),
        strict: opinionOf(rule, strict, false, service, file),
      };
    });
}

/** Undefined where the preset does not have the rule. */
function findingsOf(rule: LifecycleRule, preset: 'recommended' | 'strict', { source, settings }: File): readonly Finding[] | undefined {
  const options = rule.meta.docs.presets[preset];
  return options === undefined ? undefined : rule.findingsIn(source, settings, options);
}

function isAbout({ node, service: name }: Finding, service: Service): boolean {
  const [from, to] = service.node.range;
  return name === service.name || (from <= node.range[0] && node.range[1] <= to);
}

function opinionOf(rule: LifecycleRule, findings: readonly Finding[] | undefined, isStrictOnly: boolean, service: Service, { source, placeOf }: File): Opinion {
  if (findings === undefined) return { outcome: 'not asked', why: 'this preset does not have the rule', reports: [] };
  if (findings.length > 0) {
    const reports = findings.map((finding) => ({ messageId: finding.messageId, message: messageOf({ ...finding, rule: rule.name }), ...placeOf(finding.node) }));
    return { outcome: 'reported', why: '', reports };
  }
  const silence = silenceOf(rule.name, { service, source, isStrictOnly });
  return { ...(silence ?? { outcome: 'unknown', why: 'it found nothing that is sure' }), reports: [] };
}
