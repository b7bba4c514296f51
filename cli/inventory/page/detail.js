const OUTCOMES = /** @type {Readonly<Record<PageOpinion['outcome'], string>>} */ ({ reported: 'n', unknown: '?', kept: 'y', 'not asked': '-' });

/**
 * All that is known of one service; drawn when it is opened, and not before.
 * @param {PageService} service
 * @param {Preset} preset
 */
function drawDetail(service, preset) {
  const { name, kind, kindWhy, races, mend } = service;
  return make(
    'div',
    { class: 'detail', role: 'region', 'aria-label': `${name} in detail` },
    make('h2', { class: 'hidden' }, name),
    make('p', { class: 'facts' }, make('b', {}, kind), `: ${textAt(kindWhy)}`),
    make('p', { class: 'facts' }, ...sides(service)),
    make(
      'div',
      { class: 'columns' },
      make(
        'div',
        { class: 'column' },
        drawVerdicts(service, preset),
        races.length === 0 ? undefined : make('section', { class: 'block' }, make('h3', {}, counted(races.length, 'race window'), make('small', {}, 'time goes down')), ...races.map((race, index) => drawRace(race, service, index))),
        mend === undefined ? undefined : drawMend(service, mend),
      ),
      make('div', { class: 'column side' }, drawStates(service), drawOrder(service), drawLedger(service)),
    ),
  );
}

/** @param {PageService} service */
function sides({ start, stop }) {
  /** @param {PageService['start']} methods */
  const list = (methods) => methods.flatMap(({ name, line, endLine }, index) => [index === 0 ? '' : ', ', make('code', {}, `${name}()`), make('span', { class: 'whole' }, ` lines ${line}–${endLine}`)]);
  return ['Start: ', ...list(start), ' · Stop: ', ...list(stop)];
}

/**
 * @param {PageService} service
 * @param {Preset} preset
 */
function drawVerdicts(service, preset) {
  const opinions = data.rules.flatMap((rule, index) => {
    const opinion = data.opinions[service.verdicts[2 * index + Number(preset === 'strict')] ?? -1];
    return opinion === undefined ? [] : [{ rule, opinion }];
  });
  /** @param {PageOpinion['outcome']} outcome */
  const having = (outcome) => opinions.filter(({ opinion }) => opinion.outcome === outcome);
  const reported = having('reported');
  const silent = /** @type {const} */ (['unknown', 'kept', 'not asked']).flatMap(having);
  return make(
    'section',
    { class: 'block' },
    make('h3', {}, 'What the rules say'),
    reported.length === 0 ? make('p', {}, `Under ${preset}, no rule reports anything here.`) : make('ul', { class: 'reports' }, ...reported.flatMap((one) => drawReports(one, service))),
    make(
      'details',
      { open: reported.length === 0 },
      make('summary', {}, `${counted(silent.length, 'rule')} silent, and why`),
      make('ul', { class: 'silent' }, ...silent.map(({ rule, opinion }) => make('li', {}, smallMark(OUTCOMES[opinion.outcome]), ruleLink(rule), ` ${opinion.outcome}: `, ...withCode(textAt(opinion.why))))),
    ),
  );
}

/**
 * @param {{ readonly rule: PageData['rules'][number], readonly opinion: PageOpinion }} reported
 * @param {PageService} service
 */
function drawReports({ rule, opinion }, service) {
  return opinion.reports.map(({ line, message }) =>
    make(
      'li',
      {},
      make('p', {}, smallMark('n'), ruleLink(rule)),
      make('p', {}, ...withCode(textAt(message))),
      sourceLine(service, line),
    ),
  );
}

/** @param {PageData['rules'][number]} rule */
function ruleLink(rule) {
  return make('a', { href: rule.url, title: rule.description, rel: 'noreferrer', target: '_blank' }, rule.name);
}

/** @param {string} letter */
function smallMark(letter) {
  const { look, sign } = markFor(letter);
  return make('span', { class: `mark small ${look}`, 'aria-hidden': 'true' }, sign);
}

/**
 * `` `stop` hangs `` with `stop` as code.
 * @param {string} text
 */
function withCode(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? make('code', {}, part) : part));
}

/**
 * @param {PageService} service
 * @param {PageMend} mend
 */
function drawMend(service, { added, left, hunks }) {
  const shared = added.length === 0 ? [] : (data.files[service.file]?.hunks ?? []);
  const lines = [...shared, ...hunks]
    .sort((one, other) => one.oldStart - other.oldStart)
    .flatMap((hunk) => [make('span', { class: 'hunk' }, `@@ line ${hunk.oldStart}${shared.includes(hunk) ? ', outside the class' : ''}\n`), ...hunkLines(hunk, service)]);
  return make(
    'section',
    { class: 'block' },
    make('h3', {}, 'What mends it'),
    added.length === 0 ? undefined : make('p', {}, 'Adds ', added.join(', '), ': ', make('code', {}, `lifecycle-codemod ${quoted(fileOf(service))}`)),
    lines.length === 0 ? undefined : scroller(`Changes to ${service.name}`, 'diff', make('pre', {}, ...lines)),
    left.length === 0 ? undefined : make('p', {}, 'Left to mend by hand:'),
    left.length === 0 ? undefined : make('ul', { class: 'left' }, ...left.map(({ line, why, codemod }) => make('li', {}, `Line ${line}: `, ...withCode(why), ` (${codemod})`))),
  );
}

/** @param {string} path */
function quoted(path) {
  return /^[\w./@-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * @param {PageHunk} hunk
 * @param {PageService} service
 */
function hunkLines({ oldStart, newStart, parts }, service) {
  let before = oldStart;
  let after = newStart;
  const staying = () => diffLine(' ', lineAt(service, before), before++, after++);
  const going = () => diffLine('-', lineAt(service, before), before++, undefined);
  return parts.flatMap((part) => {
    if (typeof part === 'object') return part.map((text) => diffLine('+', textAt(text), undefined, after++));
    return Array.from({ length: Math.abs(part) }, part > 0 ? staying : going);
  });
}

/**
 * @param {' ' | '+' | '-'} sign
 * @param {string} text
 * @param {number | undefined} before
 * @param {number | undefined} after
 */
function diffLine(sign, text, before, after) {
  const number = (/** @type {number | undefined} */ line) => make('span', { class: 'line', 'aria-hidden': 'true' }, String(line ?? ''));
  return make('span', { class: { ' ': 'same', '+': 'plus', '-': 'minus' }[sign] }, number(before), number(after), make('span', { class: 'sign' }, sign), `${text}\n`);
}

/** @param {PageService} service */
function drawOrder({ owns }) {
  if (owns === undefined) return undefined;
  return make(
    'section',
    { class: 'block' },
    make('h3', {}, 'In which order'),
    make('div', { class: 'orders' }, drawParts('Started', owns.started), drawParts('Stopped', owns.stopped)),
  );
}

/**
 * @param {string} title
 * @param {readonly import('../page-data.ts').PagePart[]} parts
 */
function drawParts(title, parts) {
  const items = parts.map(({ name, method, line }) => make('li', {}, make('code', {}, name), make('small', {}, `${method}(), line ${line}`)));
  return make('div', {}, make('h4', {}, title), items.length === 0 ? make('p', {}, 'nothing') : make('ol', {}, ...items));
}

/** @param {PageService} service */
function drawLedger({ ledger }) {
  if (ledger.length === 0) return undefined;
  const items = ledger.map(({ what, kind, line, method, released, releases }) => {
    const ends = releases.map((release) => `${release.method}() line ${release.line}`).join(', ');
    const fate = released === 'yes' ? `ended${ends === '' ? '' : ` in ${ends}`}` : released === 'no' ? 'never ended' : 'cannot be told whether it is ended';
    return make('li', {}, smallMark({ yes: 'y', no: 'n', unknown: '?' }[released]), make('code', {}, what), make('small', {}, `${kind}, ${method}() line ${line}; ${fate}`));
  });
  return make('section', { class: 'block' }, make('h3', {}, 'What it acquires'), make('ul', { class: 'ledger' }, ...items));
}
