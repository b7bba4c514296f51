/** Reads every source file below the folders given, and does nothing with them: the least that any tool has to do. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

let characters = 0;
for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.ts')) characters += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
  }
}
process.stdout.write(`${characters}\n`);
