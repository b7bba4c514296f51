const RACES = /** @type {Readonly<Record<PageRace['kind'], string>>} */ ({
  'double-stop': 'Two stops release the same thing',
  'late-guard': 'A second start passes the test',
  'lost-stop': 'Stop finds nothing to stop',
  'no-guard': 'A second start overwrites the first',
  'start-during-stop': 'Stop clears what a new start has made',
  'stop-during-start': 'Start goes on after it was stopped',
});

const ROLES = { check: 'test', wait: 'wait', effect: 'harm', other: '' };

/**
 * The first is open, since it is the most telling; of the others one sees what they are.
 * @param {PageRace} race
 * @param {PageService} service
 * @param {number} index
 */
function drawRace(race, service, index) {
  return make(
    'details',
    { class: 'race', open: index === 0 },
    make('summary', {}, make('h4', {}, RACES[race.kind], ' ', make('code', { class: 'chip' }, race.field))),
    make('p', {}, ...withCode(textAt(race.sentence))),
    race.lockedBy === undefined ? undefined : make('p', { class: 'note' }, 'A lock keeps the two calls apart all the same: ', make('code', {}, race.lockedBy)),
    race.steps.length === 0 ? undefined : drawLanes(race, service),
  );
}

/**
 * The two calls side by side, time going down. For those who hear it, one list in the order of time.
 * @param {PageRace} race
 * @param {PageService} service
 */
function drawLanes({ first, second, steps }, service) {
  const lanes = make('ol', { class: 'lanes', 'aria-label': 'What happens, in order' });
  lanes.append(make('li', { class: 'lane first', 'aria-hidden': 'true' }, laneName(first, first === second ? 'first call' : '')));
  lanes.append(make('li', { class: 'lane second', 'aria-hidden': 'true' }, laneName(second, first === second ? 'second call' : '')));
  for (const [index, step] of steps.entries()) {
    const [lane, role] = step;
    const isHarm = role === 'effect' && !steps.slice(index + 1).some(([, later]) => later === 'effect');
    lanes.append(drawStep(step, { row: index + 2, call: lane === 'first' ? first : second, isHarm, service }));
    const next = steps.findIndex(([one], at) => at > index && one === lane);
    if (role !== 'wait' || next - index < 2) continue;
    const gap = make('li', { class: `waiting ${lane}`, 'aria-hidden': 'true' }, make('span', {}, 'still waiting'));
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
 * @param {{ readonly row: number, readonly call: string, readonly isHarm: boolean, readonly service: PageService }} place
 */
function drawStep([lane, role, line, what], { row, call, isHarm, service }) {
  const badge = role === 'effect' && !isHarm ? '' : ROLES[role];
  const item = make(
    'li',
    { class: `step ${lane} ${isHarm || role !== 'effect' ? role : ''}` },
    make('span', { class: 'hidden' }, `${call}(): `),
    make('span', { class: 'what' }, badge === '' ? undefined : make('b', { class: 'role' }, badge), textAt(what)),
    sourceLine(service, line),
  );
  item.style.gridRow = String(row);
  return item;
}
