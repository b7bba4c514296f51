const THEME = 'lifecycle-report-theme';

function drawPage() {
  /** @type {View} */
  const view = { search: '', show: 'all', kind: '', sort: 'lacks', preset: 'recommended' };
  const matrix = new Matrix((sort) => {
    selectIn('sort').value = sort;
    update();
  });
  const update = () => {
    view.search = /** @type {HTMLInputElement} */ (byId('search')).value;
    view.show = selectIn('show').value;
    view.kind = selectIn('kind').value;
    view.sort = selectIn('sort').value;
    view.preset = chosen('preset') === 'strict' ? 'strict' : 'recommended';
    const shown = select(data.services, view);
    matrix.show(shown, view);
    drawCount(shown.length);
    drawSummary(view.preset);
  };
  fillSelects();
  check('preset', data.preset);
  drawProblems();
  byId('made').textContent = `eslint-plugin-lifecycle ${data.version}, from ${data.paths.join(' ')}`;
  byId('controls').addEventListener('input', update);
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', focusSearch);
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
  setUpTheme();
  for (const id of ['controls', 'legend', 'services']) byId(id).hidden = data.services.length === 0;
  update();
}

/** @param {number} shown */
function drawCount(shown) {
  const all = data.services.length;
  byId('count').textContent = all === 0 ? 'No service (a class with a start and a stop) was found.' : shown === all ? counted(all, 'service') : shown === 0 ? 'No service is like that.' : `${shown.toLocaleString('en')} of ${counted(all, 'service')}`;
}

/** @param {Preset} preset */
function drawSummary(preset) {
  const lacking = data.services.filter((service) => countOf(service, preset, 'n') > 0).length;
  const races = data.services.filter((service) => service.races.some(({ lockedBy }) => lockedBy === undefined)).length;
  const parts = [`${counted(data.services.length, 'service')} in ${counted(data.filesRead, 'file')}`, `${lacking.toLocaleString('en')} ${lacking === 1 ? 'lacks' : 'lack'} something`, `${races.toLocaleString('en')} with a race window`];
  byId('summary').textContent = parts.join(' · ');
}

function fillSelects() {
  const option = (/** @type {string} */ value, /** @type {string} */ text) => make('option', { value }, text);
  const lacks = data.requirements.map(({ id, title, what }) => make('option', { value: id, title: what }, `lacks: ${title.toLowerCase()}`));
  selectIn('show').append(option('all', 'all services'), option('n', 'lacking something'), option('fine', 'lacking nothing'), option('?', 'something cannot be told'), ...lacks);
  const kinds = [...new Set(data.services.map(({ kind }) => kind))].sort();
  selectIn('kind').append(option('', 'every kind'), ...kinds.map((kind) => option(kind, kind)));
  const columns = data.requirements.map(({ id, title }) => option(id, title.toLowerCase()));
  selectIn('sort').append(option('lacks', 'what lacks most'), option('name', 'name'), option('file', 'file'), option('kind', 'kind'), ...columns);
}

function drawProblems() {
  if (data.problems.length === 0) return;
  byId('problems').hidden = false;
  byId('problems').append(make('ul', {}, ...data.problems.map(({ file, line, message }) => make('li', {}, make('code', {}, line === undefined ? file : `${file}:${line}`), ` ${message}`))));
}

/** @param {string} id */
function selectIn(id) {
  return /** @type {HTMLSelectElement} */ (byId(id));
}

/** @param {string} name */
function chosen(name) {
  return /** @type {HTMLInputElement | null} */ (document.querySelector(`input[name=${name}]:checked`))?.value;
}

/**
 * @param {string} name
 * @param {string} value
 */
function check(name, value) {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(`input[name=${name}][value="${value}"]`));
  if (input !== null) input.checked = true;
}

/** @param {KeyboardEvent} event */
function focusSearch(event) {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement && event.target.type === 'search') return;
  event.preventDefault();
  byId('search').focus();
}

function setUpTheme() {
  const kept = readTheme();
  check('theme', kept);
  document.documentElement.dataset['theme'] = kept;
  byId('theme').addEventListener('change', () => {
    const theme = chosen('theme') ?? 'auto';
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // Where nothing may be kept, the choice holds until the page is closed.
    }
  });
}

function readTheme() {
  try {
    const kept = localStorage.getItem(THEME);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

drawPage();
