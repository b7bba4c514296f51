const RACES = /** @type {Readonly<Record<PageRace['kind'], string>>} */ ({
  'double-stop': 'Two stops release the same thing',
  'late-guard': 'A second start passes the test',
  'lost-stop': 'Stop finds nothing to stop',
  'no-guard': 'A second start overwrites the first',
  'start-during-stop': 'Stop clears what a new start has made',
  'stop-during-start': 'Start goes on after it was stopped',
});

const ROLES = { check: 'test', wait: 'wait', effect: 'too late', other: '' };

/** @param {PageRace} race */
function drawRace(race) {
  return make(
    'article',
    { class: 'race' },
    make('h4', {}, RACES[race.kind], ' ', make('code', { class: 'chip' }, race.field)),
    make('p', {}, ...withCode(race.sentence)),
    race.lockedBy === undefined ? undefined : make('p', { class: 'note' }, 'A lock keeps the two calls apart all the same: ', make('code', {}, race.lockedBy)),
    race.steps.length === 0 ? undefined : drawLanes(race),
  );
}

/**
 * The two calls side by side, time going down. For those who hear it, one list in the order of time.
 * @param {PageRace} race
 */
function drawLanes({ first, second, steps }) {
  const lanes = make('ol', { class: 'lanes', 'aria-label': 'What happens, in order' });
  lanes.append(make('li', { class: 'lane first', 'aria-hidden': 'true' }, laneName(first, first === second ? 'first call' : '')));
  lanes.append(make('li', { class: 'lane second', 'aria-hidden': 'true' }, laneName(second, first === second ? 'second call' : '')));
  for (const [index, step] of steps.entries()) {
    lanes.append(drawStep(step, index + 2, step.lane === 'first' ? first : second));
    const next = steps.findIndex((one, at) => at > index && one.lane === step.lane);
    if (step.role !== 'wait' || next - index < 2) continue;
    const gap = make('li', { class: `waiting ${step.lane}`, 'aria-hidden': 'true' }, make('span', {}, 'still waiting'));
    gap.style.gridRow = `${String(index + 3)} / ${String(next + 2)}`;
    lanes.append(gap);
  }
  return lanes;
}

/**
 * @param {string} name
 * @param {string} which
 */
function laneName(name, which) {
  return make('span', {}, make('code', {}, `${name}()`), which === '' ? '' : ` ${which}`);
}

/**
 * @param {PageRace['steps'][number]} step
 * @param {number} row
 * @param {string} call
 */
function drawStep({ lane, role, line, text, what }, row, call) {
  const item = make(
    'li',
    { class: `step ${lane} ${role}` },
    make('span', { class: 'hidden' }, `${call}(): `),
    make('span', { class: 'what' }, ROLES[role] === '' ? undefined : make('b', { class: 'role' }, ROLES[role]), what),
    make('code', { class: 'source' }, make('span', { class: 'line' }, String(line)), text),
  );
  item.style.gridRow = String(row);
  return item;
}
