/**
 * Looks for crashes, results that do not parse, lost text, second runs that change something, slow rules and quadratic growth.
 *
 *   npm run fuzz                              2,000 generated files and the growth of everything
 *   npm run fuzz -- --cases 20000 --seed 7
 *   npm run fuzz -- --corpus <folder>...      also every source file below the folders, such as tests/cases/conformance of TypeScript
 */
import { parseArgs } from 'node:util';
import { fuzzCorpus } from './fuzz/corpus.ts';
import { fuzzGenerated } from './fuzz/generated.ts';
import { measureGrowth } from './fuzz/growth.ts';
import { SHAPES } from './fuzz/shapes.ts';
import { markdownTable } from './markdown-table.ts';

/** The most that one rule may take on one file of a thousand lines, in ms. */
const SLOWEST = 50;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string', multiple: true, default: [] },
    growth: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const print = (line: string): void => void process.stdout.write(`${line}\n`);
let failures = 0;

const generated = fuzzGenerated(Number(values.cases), Number(values.seed), SLOWEST);
print(`generated: ${String(generated.cases)} files, ${String(generated.parsed)} parsed, ${String(generated.services)} services, ${String(generated.mended)} mended by a codemod, ${String(generated.faults.length)} kinds of faults`);
for (const { fault, file, seed } of generated.faults) print(`\n### ${fault.kind} (seed ${String(seed)}, ${file.fileName})\n${file.text}\n---\n${fault.message}`);
failures += generated.faults.length;

if (values.corpus.length > 0) {
  const corpus = fuzzCorpus(values.corpus, SLOWEST, (done) => process.stderr.write(done % 500 === 0 ? `${String(done)}\n` : ''));
  print(`\ncorpus: ${String(corpus.files)} files, ${String(corpus.parsed)} parsed, ${String(corpus.services)} services, ${String(corpus.mended)} mended by a codemod, ${String(corpus.faults.length)} faults`);
  for (const { fault, path } of corpus.faults) print(`\n### ${fault.kind}: ${path}\n${fault.message.slice(0, 1500)}`);
  failures += corpus.faults.length;
}

if (values.growth) {
  const rows = SHAPES.flatMap((shape) => {
    process.stderr.write(`${shape.name}\n`);
    return measureGrowth(shape);
  });
  const steep = rows.filter(({ isSteep }) => isSteep);
  const table = steep.map(({ shape, work, sizes, costs, exponent }) => [shape, work, sizes.join(' → '), costs.map((ms) => ms.toFixed(0)).join(' → '), exponent.toFixed(1)]);
  print(`\ngrowth: ${String(rows.length)} measured, ${steep.length === 0 ? 'nothing grows like the square' : `${String(steep.length)} grow like the square:\n${markdownTable([['of', 'by', 'number', 'ms', 'exponent'], ...table])}`}`);
  failures += steep.length;
}

if (failures > 0) process.exitCode = 1;
