import type { Source } from '../../model/source.ts';

const ON_NODE = /\.unref\(\)|\b(?:from|require\()\s*['"](?:node:|(?:child_process|cluster|dgram|dns|fs|net|tls|worker_threads)(?:\/promises)?['"])/;

/** Whether a file surely runs on Node alone, where a timer has an `unref()`; elsewhere it is a number. What only imports types may run anywhere. */
export function runsOnNode({ text }: Source): boolean {
  return ON_NODE.test(text.replaceAll(/^import type .*$/gm, ''));
}
