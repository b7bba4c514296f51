import { describe, expect, test } from 'vitest';
import { defineProjectCodemod } from '../../codemods/define-project-codemod.ts';
import type { ProjectCodemod, ProjectPlan } from '../../codemods/project-codemod.ts';
import { runProjectCodemods } from '../../codemods/run-project-codemods.ts';
import type { Change } from '../../edits/outcome.ts';
import type { Project } from '../../model/project.ts';
import { fakeProject } from './fake-project.ts';

/** Renames functions called `old…` everywhere, to what `rename` says; one whose name ends in `Kept` is left at its last mention. */
function renaming(rename: (name: string) => string): ProjectCodemod {
  return defineProjectCodemod({
    name: 'rename',
    description: 'Rename what is old',
    mends: [],
    mayConcern: (text) => text.includes('old'),
    planProject: (project, files) => files.flatMap((file) => plansIn(project, file, rename)),
  });
}

function plansIn(project: Project, file: string, rename: (name: string) => string): readonly ProjectPlan[] {
  const source = project.sourceOf(file);
  return (source?.program.body ?? []).flatMap((node): ProjectPlan[] => {
    if (node.type !== 'FunctionDeclaration' || !node.id.name.startsWith('old')) return [];
    const { name, range } = node.id;
    const places = [{ file, offset: range[0] }, ...project.referencesTo({ file, offset: range[0] })];
    const last = places.at(-1);
    const other = last && project.sourceOf(last.file)?.program.body.at(-1);
    if (name.endsWith('Kept') && last !== undefined && other !== undefined) {
      return [{ name, node, file, outcome: { kind: 'leftover', left: [{ file: last.file, node: other, why: 'is kept there' }] } }];
    }
    const changes = new Map<string, Change[]>();
    for (const place of places) {
      const list = changes.get(place.file) ?? [];
      changes.set(place.file, list);
      list.push({ start: place.offset, end: place.offset + name.length, text: rename(name) });
    }
    return [{ name, node, file, outcome: { kind: 'edit', changes, added: 'a new name', needs: [] } }];
  });
}

const fresh = renaming((name) => name.replace('old', 'fresh'));

describe('runProjectCodemods', () => {
  test('changes every file that has to change with the one that was asked for', () => {
    const project = fakeProject({ '/a.ts': 'function oldOne() {}\n', '/b.ts': "import { oldOne } from './a.ts';\noldOne();\n", '/c.ts': 'export {};\n' });
    const result = runProjectCodemods([fresh], project, ['/a.ts']);
    expect(Object.fromEntries(result.texts)).toEqual({ '/a.ts': 'function freshOne() {}\n', '/b.ts': "import { freshOne } from './a.ts';\nfreshOne();\n" });
    expect(result.services.get('/a.ts')).toEqual([{ service: 'oldOne', kind: 'function', line: 1, added: [{ codemod: 'rename', what: 'a new name' }], left: [] }]);
    expect(result.project.sourceOf('/b.ts')?.text).toBe("import { freshOne } from './a.ts';\nfreshOne();\n");
    expect(project.sourceOf('/b.ts')?.text).toContain('oldOne();');
  });

  test('tells what was left where it stands, in whatever file that is', () => {
    const project = fakeProject({ '/a.ts': 'function oldKept() {}\n', '/b.ts': '\n  oldKept();\n' });
    const result = runProjectCodemods([fresh], project, ['/a.ts']);
    expect(result.texts.size).toBe(0);
    expect(result.services.get('/a.ts')?.[0]?.left).toEqual([{ codemod: 'rename', file: '/b.ts', line: 2, column: 3, why: 'is kept there' }]);
  });

  test('leaves alone what a comment acknowledges, and tells it apart', () => {
    const comment = '// lifecycle-codemod-ignore rename: its name is public\n';
    const project = fakeProject({ '/a.ts': `${comment}function oldOne() {}\nfunction oldTwo() {}\n${comment}function oldKept() {}\n`, '/b.ts': 'oldOne();\n  oldKept();\n' });
    const result = runProjectCodemods([fresh], project, ['/a.ts']);
    expect([...result.texts.keys()]).toEqual(['/a.ts']);
    expect(result.texts.get('/a.ts')).toContain('function oldOne() {}\nfunction freshTwo() {}\n');
    expect(result.services.get('/a.ts')?.map(({ service, left, acknowledged }) => ({ service, left, acknowledged }))).toEqual([
      { service: 'oldOne', left: [], acknowledged: [{ codemod: 'rename', line: 2, column: 1, why: 'could be given a new name', reason: 'its name is public' }] },
      { service: 'oldKept', left: [], acknowledged: [{ codemod: 'rename', file: '/b.ts', line: 2, column: 3, why: 'is kept there', reason: 'its name is public' }] },
      { service: 'oldTwo', left: [], acknowledged: undefined },
    ]);
  });

  test('drops the one edit that does not hold, and makes the others', () => {
    const project = fakeProject({ '/a.ts': 'function oldBad() {}\nfunction oldGood() {}\n' });
    const codemod = renaming((name) => (name === 'oldBad' ? 'new' : 'freshGood'));
    const result = runProjectCodemods([codemod], project, ['/a.ts']);
    expect(result.texts.get('/a.ts')).toBe('function oldBad() {}\nfunction freshGood() {}\n');
    expect(result.services.get('/a.ts')?.map(({ service, left }) => [service, left[0]?.why])).toEqual([
      ['oldBad', expect.stringMatching(/^the edit did not hold: its result does not parse/)],
      ['oldGood', undefined],
    ]);
  });

  test.each([
    ['more type errors', () => '$error', /there would be 1 more type errors: \/a\.ts:1 that does not fit$/],
    ['what a second run would change again', (name: string) => `${name}x`, /a second run would change it again$/],
  ])('writes nothing that leaves %s', (_what, rename, why) => {
    const project = fakeProject({ '/a.ts': 'function old() {}\n' });
    const result = runProjectCodemods([renaming(rename)], project, ['/a.ts']);
    expect(result.texts.size).toBe(0);
    expect(result.services.get('/a.ts')?.[0]?.left[0]?.why).toMatch(why);
  });

  test('type errors that were there before are no reason', () => {
    const project = fakeProject({ '/a.ts': 'function old() {}\n', '/b.ts': '$error;\n' });
    expect(runProjectCodemods([fresh], project, ['/a.ts']).texts.get('/a.ts')).toBe('function fresh() {}\n');
  });

  test('lines are told as they were before an earlier edit moved them', () => {
    const project = fakeProject({ '/a.ts': 'function oldBad() {}\nfunction oldGood() {}\nfunction oldKept() {}\nlast();\n' });
    const codemod = renaming((name) => (name === 'oldBad' ? 'new' : 'fresh /* on\ntwo lines */'));
    const lefts = runProjectCodemods([codemod], project, ['/a.ts']).services.get('/a.ts');
    expect(lefts?.map(({ service, line, left }) => [service, line, left[0]?.line])).toEqual([
      ['oldBad', 1, 1],
      ['oldGood', 2, undefined],
      ['oldKept', 3, 4],
    ]);
  });
});
