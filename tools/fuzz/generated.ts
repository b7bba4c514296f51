import fc from 'fast-check';
import { checkText, type Fault } from './check-text.ts';
import { hostileFile, type HostileFile } from './hostile-class.ts';

export interface Generated {
  readonly cases: number;
  readonly parsed: number;
  readonly services: number;
  readonly mended: number;
  /** One for each kind of fault, with the smallest file that has it. */
  readonly faults: readonly { readonly fault: Fault; readonly file: HostileFile; readonly seed: number }[];
}

/** Checks so many generated files. A fault is shrunk to the smallest file that has one of its kind, and then no longer looked for. */
export function fuzzGenerated(runs: number, seed: number, slowest: number): Generated {
  const known = new Map<string, Generated['faults'][number]>();
  const totals = { cases: 0, parsed: 0, services: 0, mended: 0 };
  let isShrinking = false;
  const newFault = ({ fileName, text }: HostileFile): Fault | undefined => {
    const checked = checkText(fileName, text.replace(/^\uFEFF/, ''), slowest);
    if (!isShrinking) {
      totals.cases++;
      if (checked.isParsable) totals.parsed++;
      totals.services += checked.services;
      totals.mended += checked.mended;
    }
    const fault = checked.faults.find(({ kind }) => !known.has(kind));
    isShrinking ||= fault !== undefined;
    return fault;
  };
  for (let round = seed; totals.cases < runs; round++) {
    isShrinking = false;
    const property = fc.property(hostileFile, (file) => newFault(file) === undefined);
    const { failed, counterexample } = fc.check(property, { seed: round, numRuns: runs - totals.cases });
    const file = counterexample?.[0];
    const fault = !failed || file === undefined ? undefined : checkText(file.fileName, file.text.replace(/^\uFEFF/, ''), slowest).faults.find(({ kind }) => !known.has(kind));
    if (file !== undefined && fault !== undefined) {
      known.set(fault.kind, { fault, file, seed: round });
      process.stderr.write(`${fault.kind}\n`);
    }
  }
  return { ...totals, faults: [...known.values()] };
}
