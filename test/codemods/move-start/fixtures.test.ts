import { describe, expect, test } from 'vitest';
import { changedCases, mend } from './run.ts';

describe('what the codemod changes', () => {
  test.each(changedCases())('$name', { timeout: 60_000 }, ({ before, after, options }) => {
    const once = mend(before, options);
    expect(once.left).toEqual([]);
    expect(once.texts).toEqual(after);
    expect(once.typeErrors).toEqual([]);
    expect(once.added).toHaveLength(1);

    const twice = mend(once.texts, options);
    expect(twice).toMatchObject({ texts: after, left: [], added: [] });
  });
});
