import { managesItself } from '../model/manages-itself.ts';
import type { Deadline, Drain, Service } from '../model/service.ts';
import type { Source } from '../model/source.ts';
import { addDrainTimeout } from './add-drain-timeout.ts';
import type { DrainTimeoutOptions } from './drain-timeout-options.ts';
import { enclosingTry, placeOf } from './flag/place-of.ts';
import { tellTimeout, type TimeoutTest } from './flag/tell-timeout.ts';
import { markUnrestartable } from './mark-unrestartable.ts';
import type { Change, Outcome } from './outcome.ts';

/** Lets a service whose stop timed out refuse to start again beside the work that hangs. */
export function addUnrestartableFlag(service: Service, source: Source, options: DrainTimeoutOptions = {}): Outcome | undefined {
  const { drains, restart } = service;
  if (!managesItself(service) || restart.refusedAfterTimeout !== 'no') return undefined;
  const tests = new Map<string, TimeoutTest>();
  const sites: Drain[] = [];
  for (const drain of drains) {
    if (!endsWait(drain)) continue;
    const test = tellTimeout(source, drain.deadline);
    if ('why' in test) return { kind: 'leftover', ...test };
    tests.set(test.isTimeout('error'), test);
    sites.push(drain);
  }
  const [only, ...others] = tests.values();
  if (only === undefined) return undefined;
  const neighbour = drains.find((drain) => drain.bounded === 'no' && sites.some((site) => shareTry(service, site, drain)));
  if (neighbour !== undefined && addDrainTimeout(service, source, options)?.kind === 'edit')
    return { kind: 'leftover', node: neighbour.node, why: 'has drains without a deadline beside this one; add-drain-timeout sees to these and to the flag' };
  const isTimeout: TimeoutTest['isTimeout'] = (error) => [only, ...others].map((test) => test.isTimeout(error)).join(' || ');
  const marked = markUnrestartable(service, source, { sites: sites.map((drain) => ({ drain, inside: [] })), isTimeout });
  if ('why' in marked) return { kind: 'leftover', ...marked };
  const imports: readonly Change[] = [only, ...others].flatMap(({ changes }) => changes);
  return { kind: 'edit', changes: [...imports, ...marked], safety: 'review', added: 'unrestartable flag', needs: [] };
}

function endsWait(drain: Drain): drain is Drain & { readonly deadline: Deadline } {
  const { deadline, bounded } = drain;
  return deadline !== undefined && (bounded === 'yes' || deadline.flaw === 'never-cleared' || deadline.flaw === 'unref');
}

/** Whether one catch would be for both, so that they have to be mended together. */
function shareTry({ facts, lock }: Service, ...drains: readonly [Drain, Drain]): boolean {
  const [one, other] = drains.map((drain) => placeOf(facts, drain));
  const isBare = one !== undefined && other !== undefined && enclosingTry(one, lock) === undefined && enclosingTry(other, lock) === undefined;
  return isBare && one.host === other.host;
}
