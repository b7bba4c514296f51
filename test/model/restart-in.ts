import { lineOf } from '../../model/line-of.ts';
import { servicesOf } from '../../model/services-of.ts';
import { parse } from './parse.ts';

/** What is known of a service's restart in one line: `no: untested #hung (line 9)`, `yes by #hung`, `unknown`. */
export function restartIn(text: string): string {
  const source = parse(text);
  const [service, ...others] = servicesOf(source);
  if (service === undefined || others.length > 0) throw new Error(`${others.length === 0 ? 'no' : 'more than one'} service`);
  const { refusedAfterTimeout, flag, gap } = service.restart;
  if (gap === undefined) return `${refusedAfterTimeout}${flag === undefined ? '' : ` by ${flag}`}`;
  return `${refusedAfterTimeout}: ${gap.kind}${flag === undefined ? '' : ` ${flag}`} (line ${String(lineOf(source, gap.node))})`;
}

export function isOneShot(text: string): string | undefined {
  return servicesOf(parse(text))[0]?.restart.isOneShot;
}

interface Parts {
  readonly fields?: string;
  readonly start?: string;
  readonly stop?: string;
  readonly more?: string;
}

/** A poller with a loop in the background. Line 3 are its fields, 5 is what start does first, 9 what stop does, 11 other members. */
export function poller({ fields = '', start = '', stop = '', more = '' }: Parts): string {
  return `import pTimeout, { TimeoutError } from 'p-timeout';
class Poller {
  loop; ${fields}
  async start() {
    ${start}
    this.loop = this.poll();
  }
  async stop() {
    ${stop}
  }
  ${more}
  async poll() { while (!this.aborted) await tick(); }
}
`;
}
