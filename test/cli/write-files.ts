/** Writes a long plan for the folder that it is given, and says when it begins, so that somebody can end it halfway. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePlan } from '../../cli/writing/write-plan.ts';

const [, , root = ''] = process.argv;
const lock = join(root, 'lifecycle-lock.js');
const files = readdirSync(root).map((name) => {
  const path = join(root, name);
  const before = readFileSync(path, 'utf8');
  const after = before.replace('class A {}', 'class A { #lock;}').replaceAll('// old', '// new');
  return { path, name, before, after, services: [], newFiles: [lock] };
});
const text = files[0]?.after ?? '';
process.stdout.write('writing\n');
await writePlan({ isJoint: false, files, newFiles: [{ path: lock, name: 'lifecycle-lock.js', text }] });
