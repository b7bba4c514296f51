import { expect, test } from 'vitest';
import addStartupRollback from '../../codemods/add-startup-rollback.ts';
import { runCodemods } from '../../codemods/run-codemod.ts';

/** A service of two optional fields, the second of which `more` may empty. */
function tunnel(more: string): string {
  return `
class Tunnel {
  first?: Session;
  second?: Session;
  async open(): Promise<void> {
    if (this.first) return;
    this.first = await connectTo('a');
    this.second = await connectTo('b');
    await this.second.ping();
  }
  async close(): Promise<void> {
    await this.second?.close();
    await this.first?.close();
    ${more}
  }
}
`;
}

test('leaves optional fields that the class never sets to undefined, which exactOptionalPropertyTypes forbids', () => {
  const text = tunnel('');
  const result = runCodemods([addStartupRollback], { fileName: 'tunnel.ts', text });
  expect(result.text).toBe(text);
  expect(result.services.flatMap(({ left }) => left)).toHaveLength(1);
});

test('empties them where the class does', () => {
  const { text } = runCodemods([addStartupRollback], { fileName: 'tunnel.ts', text: tunnel('this.first = undefined;\n    this.second = undefined;') });
  expect(text).toContain('      this.first = undefined;\n      this.second = undefined;\n      throw error;\n');
});
