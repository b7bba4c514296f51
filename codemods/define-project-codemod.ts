import type { ProjectCodemod } from './project-codemod.ts';

/** Makes a codemod that reads the whole project. jscodeshift cannot run it: it hands over one file at a time. */
export function defineProjectCodemod(spec: Omit<ProjectCodemod, 'isDefault' | 'scope'>): ProjectCodemod {
  return Object.freeze({ ...spec, isDefault: false, scope: 'project' });
}
