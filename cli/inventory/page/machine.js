/** @typedef {import('../page-data.ts').Machine} Machine */
/** @typedef {import('../page-data.ts').Point} Point */

const PRESENCE = { yes: 'has', no: 'lacks', unknown: 'cannot tell' };

/** @param {PageService} service */
function drawStates({ machine, name }) {
  const drawn = data.machines[machine.drawing];
  if (drawn === undefined || drawn.states.length === 0) return undefined;
  const lacking = drawn.changes.flatMap((change, index) => (change.present === 'no' ? [drawLack(change, machine.changes[index])] : []));
  const missing = drawn.states.flatMap((state, index) => (state.present === 'no' ? [make('li', {}, make('b', {}, state.name), ': ', ...withCode(textAt(machine.states[index])))] : []));
  return make(
    'section',
    { class: 'block' },
    make('h3', {}, 'States'),
    scroller(`State machine of ${name}`, 'machine', drawMachine(drawn, lacking.length)),
    make('p', { class: 'key' }, make('span', { class: 'stroke yes' }), 'there ', make('span', { class: 'stroke no' }), 'missing ✕ ', make('span', { class: 'stroke unknown' }), 'cannot be told'),
    lacking.length + missing.length === 0 ? undefined : make('ul', { class: 'lacks' }, ...missing, ...lacking),
  );
}

/**
 * @param {Machine['changes'][number]} change
 * @param {number | undefined} why
 */
function drawLack({ from, to, on }, why) {
  return make('li', {}, make('b', {}, `${from} → ${to}`), ` on ${on}: `, ...withCode(textAt(why)));
}

/**
 * @param {Machine} machine
 * @param {number} lacking
 */
function drawMachine({ width, height, states, changes }, lacking) {
  const label = `${counted(states.length, 'state')}, ${counted(changes.length, 'change')}, ${counted(lacking, 'change')} missing`;
  const drawing = makeSvg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const { points, present } of changes) {
    drawing.append(makeSvg('path', { class: `edge ${present}`, d: curveThrough(points) }), drawHead(points, present));
  }
  for (const { label: box, on, present } of changes) {
    const text = present === 'no' ? `${on} ✕` : on;
    drawing.append(makeSvg('rect', { class: 'back', x: box.x - box.width / 2, y: box.y - 9, width: box.width, height: 18, rx: 4 }));
    drawing.append(makeSvg('text', { class: `on ${present}`, x: box.x, y: box.y + 4 }, text));
  }
  for (const { x, y, width: wide, height: high, name, present } of states) {
    drawing.append(
      makeSvg('rect', { class: `state ${present}`, x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 8 }, makeSvg('title', {}, `${name}: ${PRESENCE[present]}`)),
      makeSvg('text', { class: `name ${present}`, x, y: y + 4.5 }, name),
    );
  }
  return drawing;
}

/** @param {readonly Point[]} points */
function curveThrough(points) {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const parts = rest.map(([x, y], index) => {
    const next = rest[index + 1];
    return next === undefined ? `L${x} ${y}` : `Q${x} ${y} ${(x + next[0]) / 2} ${(y + next[1]) / 2}`;
  });
  return `M${start[0]} ${start[1]}${parts.join('')}`;
}

/**
 * @param {readonly Point[]} points
 * @param {string} present
 */
function drawHead(points, present) {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y - 1];
  const angle = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI;
  return makeSvg('path', { class: `head ${present}`, d: 'M0 0L-8 -4.5L-8 4.5Z', transform: `translate(${x} ${y}) rotate(${Math.round(angle)})` });
}
