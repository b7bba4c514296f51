/** What is used of a clock between two readings, in ms. */
export type Clock = () => number;

/** In ms, of this process: other things that run on the machine do not count. */
const ofThisProcess: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export function cpuTime(work: () => void, clock: Clock = ofThisProcess): number {
  const before = clock();
  work();
  return clock() - before;
}
