import { join } from 'node:path';
import { type Codemod, type CodemodOptions, type CodemodResult, type ServiceResult, UnparsableError } from '../../codemods/codemod.ts';
import type { RuleReport } from '../../codemods/rule-reports.ts';
import type { Engine } from '../../cli/engine.ts';
import { parseSettings } from '../../model/parse-settings.ts';

interface Call {
  readonly codemods: readonly string[];
  readonly fileName: string;
  readonly text: string;
  readonly options: CodemodOptions;
}

export interface FakeEngine extends Engine {
  readonly calls: readonly Call[];
}

/**
 * An engine to which every `class X {` is a service: it lacks a `#lock`, or cannot be given one where the class holds `leave`.
 * A text with `@@` in it cannot be parsed. `meanwhile` runs while a file is being planned.
 */
export function fakeEngine(meanwhile: (fileName: string) => void = () => undefined): FakeEngine {
  const calls: Call[] = [];
  const run = (codemods: readonly Codemod[], { fileName, text }: { fileName: string; text: string }, options: CodemodOptions = {}): CodemodResult => {
    calls.push({ codemods: codemods.map(({ name }) => name), fileName, text, options });
    meanwhile(fileName);
    if (text.includes('@@')) throw new UnparsableError('Unexpected token', ...positionOf(text, text.indexOf('@@')));
    const accepts = (service: string, offset: number): boolean => options.accept?.({ service, line: positionOf(text, offset)[0] }) ?? true;
    const services = Array.from(text.matchAll(/class (\w+) \{( #lock;)?(.*leave)?/g), (found): ServiceResult => {
      const [line, column] = positionOf(text, found.index);
      const [, service = '', lock, leave] = found;
      return {
        service,
        line,
        added: lock === undefined && leave === undefined && accepts(service, found.index) ? [{ codemod: 'add-lock', what: 'lock' }] : [],
        left: leave === undefined ? [] : [{ codemod: 'add-lock', line, column, why: 'start() waits for itself' }],
      };
    });
    const mended = text.replaceAll(/class (\w+) \{(?! #lock;)(?!.*leave)/g, (whole, service: string, offset: number) => (accepts(service, offset) ? `${whole} #lock;` : whole));
    const need = options.lock === 'inline' ? ({ kind: 'file', specifier: './lifecycle-lock.js' } as const) : ({ kind: 'package', specifier: 'async-mutex/sub' } as const);
    return { text: mended, services, needs: mended === text ? [] : [need] };
  };
  const codemods = ['add-lock', 'add-dispose', 'isolate'].map(
    (name): Codemod => ({ name, description: `Does ${name}`, mends: name === 'add-lock' ? ['require-lock'] : [], isDefault: name !== 'isolate', plan: () => [] }),
  );
  return {
    calls,
    codemods,
    projectCodemods: [],
    mayHold: (_what, text, pairs) => text.includes('class') || pairs.some(([start]) => text.includes(start)),
    loadRun: () => Promise.resolve(run),
    loadRules: () =>
      Promise.resolve({
        reportsOf: ({ text }) => Array.from(text.matchAll(/class (\w+) \{(?! #lock;)/g), ({ 1: service = '', index }) => reportAt(text, index, service)),
        pageOf: (rule) => (rule === 'require-lock' ? { description: 'Require a lock', url: 'https://example.org/require-lock' } : undefined),
      }),
    loadProjectRun: () => Promise.reject(new Error('the fake engine has no codemods that read a project')),
    loadOpenProject: () => Promise.reject(new Error('the fake engine has no projects')),
    loadParseSettings: () => Promise.resolve(parseSettings),
    loadVendoredSource: () => Promise.resolve((_name, fileName, module) => `// ${fileName.endsWith('ts') ? 'typed' : 'plain'} ${module}\nexport class LifecycleLock {}\n`),
    workerFile: () => join(import.meta.dirname, 'fake-plan-worker.mjs'),
  };
}

function reportAt(text: string, offset: number, service: string): RuleReport {
  const [line, column] = positionOf(text, offset);
  return { rule: 'require-lock', service, line, column, endLine: line, endColumn: column + 5, message: `\`${service}\` holds no lock.` };
}

function positionOf(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}
