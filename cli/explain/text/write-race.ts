import type { ExplainedRace, RaceStep } from '../explanation.ts';
import { RACES } from '../words.ts';
import { wrap } from '../../wrap.ts';
import { cut, type Paper } from './paper.ts';

const RULER = ' | ';

/** A race as two columns, one for each call, in the order of time; under each step the line of source that does it. */
export function writeRace(paper: Paper, { kind, field, first, second, schedule, sentence }: ExplainedRace): void {
  const { colors } = paper;
  const [head = '', ...more] = wrap(`${kind}: ${RACES[kind]}, over this.${field}`, paper.width - 4);
  paper.line(`  ${colors.red(kind)}${head.slice(kind.length)}`);
  for (const line of more) paper.line(`    ${line}`);
  paper.paragraph(sentence, 4);
  paper.line();
  const width = Math.floor((paper.width - 4 - RULER.length) / 2);
  const [one, other] = first === second ? [`${first}(), first call`, `${second}(), second call`] : [`${first}()`, `${second}()`];
  paper.line(`    ${colors.bold(cut(one, width).padEnd(width))}${RULER}${colors.bold(cut(other, width))}`);
  for (const step of merged(schedule)) writeStep(paper, step, width);
}

/** What one call does on one line without a break is one step. */
function merged(schedule: readonly RaceStep[]): readonly RaceStep[] {
  return schedule.reduce<RaceStep[]>((steps, step) => {
    const last = steps.at(-1);
    if (last?.lane !== step.lane || last.line !== step.line) return [...steps, step];
    return [...steps.slice(0, -1), { ...last, what: `${last.what}, ${step.what}` }];
  }, []);
}

function writeStep(paper: Paper, { lane, line, what, text }: RaceStep, width: number): void {
  const isFirst = lane === 'first';
  const cell = (plain: string, paint = (text: string) => text): void => {
    paper.line(`${' '.repeat(4)}${isFirst ? `${paint(plain)}${' '.repeat(width - plain.length)}` : ' '.repeat(width)}${RULER}${isFirst ? '' : paint(plain)}`);
  };
  for (const said of wrap(`line ${String(line)}: ${what}`, width)) cell(said);
  cell(cut(`  ${text}`, width), paper.colors.dim);
}
