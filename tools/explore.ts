import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { codemods } from '../codemods/index.ts';
import { runCodemods } from '../codemods/run-codemod.ts';
import { attackAll, printTally, tallyOf } from '../test/generated/report.ts';
import { exploreText } from '../test/explorer/explore-text.ts';
import { explore, type Exploration } from '../test/explorer/explore.ts';
import { subjectOf } from '../test/explorer/subject.ts';
import type { Driver } from '../test/services/driver.ts';
import { drivers } from '../test/services/drivers.ts';
import { markdownTable } from './markdown-table.ts';

/**
 * Usage: npm run explore -- [--steps 12] [--walks 4000] [fixture…]. Prints Markdown; takes minutes.
 * With --generated 400 [--seed 1] [--orders 12], attacks the codemods with so many generated services instead.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '12' },
    walks: { type: 'string', default: '4000' },
    generated: { type: 'string' },
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '12' },
  },
});
const bounds = { steps: Number(values.steps), walks: Number(values.walks), mostOrders: 50_000 };

if (values.generated !== undefined) {
  const verdicts = await attackAll(Number(values.generated), Number(values.seed), { orders: Number(values.orders), before: true });
  console.log(printTally(tallyOf(verdicts), verdicts));
  process.exit();
}

interface Row {
  readonly name: string;
  readonly before: Exploration;
  readonly after: Exploration;
  readonly mended: Exploration;
}

const rows: Row[] = [];
for (const driver of drivers) if (positionals.length === 0 || positionals.includes(driver.name)) rows.push(await rowOf(driver));

console.log(`Orders of at most ${bounds.steps} steps, all of them, and ${bounds.walks} random walks for each class. A number before a fault counts the runs that show it.\n`);
console.log(
  markdownTable([
    ['fixture', 'orders before', 'faults before', 'orders after', 'faults after', 'orders mended', 'faults mended'],
    ...rows.map(({ name, before, after, mended }) => [name, ...[before, after, mended].flatMap((one) => [ordersOf(one), faultsOf(one)])]),
  ]),
);
console.log('\nThe shortest order that shows each fault; `+2` is a pause of two microtask turns, else everything settles between the steps.\n');
console.log(
  markdownTable([
    ['fixture', 'file', 'fault', 'order', 'seen'],
    ...rows.flatMap(({ name, before, after, mended }) =>
      Object.entries({ before, after, mended }).flatMap(([file, { faults }]) =>
        faults.map((fault) => [name, file, fault.name, `\`${fault.schedule}\``, fault.detail]),
      ),
    ),
  ]),
);

async function rowOf(driver: Driver): Promise<Row> {
  const fileName = new URL(`../fixtures/services/${driver.name}/before.ts`, import.meta.url);
  const file = { fileName: fileName.pathname, text: readFileSync(fileName, 'utf8') };
  const { text } = runCodemods(
    codemods.filter(({ isDefault }) => isDefault),
    file,
  );
  return {
    name: driver.name,
    before: await explore(subjectOf(driver, driver.before), bounds),
    after: await explore(subjectOf(driver, driver.after), bounds),
    mended: await exploreText(driver, text, bounds),
  };
}

function ordersOf({ orders, cut }: Exploration): string {
  return cut.length === 0 ? String(orders) : `${orders} (not all of: ${cut.join(', ')})`;
}

function faultsOf({ faults }: Exploration): string {
  return faults.length === 0 ? 'none' : faults.map(({ name, count }) => `${count} ${name}`).join(', ');
}
