import { dirname } from 'node:path';
import type { Engine } from '../engine.ts';
import type { Io } from '../io.ts';
import { type FileContext, planFile } from '../planning/plan-file.ts';
import { explainService } from '../reports/explain-service.ts';
import type { ReviewRequest } from './review.ts';
import { readRuleKnowledge } from '../reports/rule-knowledge.ts';

/** What a review asks of the run that it belongs to. */
export function reviewRequest(context: FileContext, io: Io, engine: Engine): ReviewRequest {
  return {
    io,
    explain: async (file, service) => {
      const added = service.added.map(({ codemod }) => codemod);
      const knowledge = await readRuleKnowledge({ plan: { files: [{ ...file, services: [{ ...service, left: [] }] }] } }, engine, context.settings);
      return explainService(service, added.flatMap((codemod) => knowledge.mends.get(codemod) ?? []), knowledge.reports.get(file.path) ?? [], knowledge.pageOf);
    },
    replan: async (file, accept) => {
      const { path, name, before } = file;
      const hasBom = before.startsWith('\uFEFF');
      const text = hasBom ? before.slice(1) : before;
      const settings = await context.settings.read(dirname(path));
      return await planFile({ path, name }, { text, hasBom, settings }, { ...context, options: { ...context.options, accept } });
    },
  };
}
