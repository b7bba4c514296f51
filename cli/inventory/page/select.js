/**
 * @typedef {object} View
 * @property {string} search
 * @property {string} show `all`, `n`, `?`, `fine`, or the id of a requirement that is lacking
 * @property {string} kind empty for all
 * @property {string} sort `lacks`, `name`, `file`, `kind` or the id of a requirement
 * @property {Preset} preset
 */

const ORDER = 'n?y-';

/**
 * The services that a view shows, in its order.
 * @param {readonly PageService[]} services
 * @param {View} view
 */
function select(services, view) {
  const words = view.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return services
    .filter((service) => isShown(service, view) && (view.kind === '' || service.kind === view.kind))
    .filter((service) => words.every((word) => `${service.name} ${fileOf(service)}`.toLowerCase().includes(word)))
    .sort((one, other) => compare(one, other, view));
}

/**
 * @param {PageService} service
 * @param {View} view
 */
function isShown(service, { show, preset }) {
  const column = columnOf(show);
  if (column !== -1) return service.marks[preset][column] === 'n';
  const lacks = countOf(service, preset, 'n');
  if (show === 'n') return lacks > 0;
  if (show === '?') return countOf(service, preset, '?') > 0;
  return show === 'fine' ? lacks === 0 : true;
}

/** @param {string} id */
function columnOf(id) {
  return data.requirements.findIndex((requirement) => requirement.id === id);
}

/**
 * @param {PageService} one
 * @param {PageService} other
 * @param {View} view
 */
function compare(one, other, { sort, preset }) {
  const column = columnOf(sort);
  if (column !== -1) return ORDER.indexOf(one.marks[preset][column] ?? '-') - ORDER.indexOf(other.marks[preset][column] ?? '-') || byLacks(one, other, preset);
  if (sort === 'name') return byText(one.name, other.name) || byPlace(one, other);
  if (sort === 'kind') return byText(one.kind, other.kind) || byPlace(one, other);
  return sort === 'file' ? byPlace(one, other) : byLacks(one, other, preset);
}

/**
 * @param {PageService} one
 * @param {PageService} other
 * @param {Preset} preset
 */
function byLacks(one, other, preset) {
  return countOf(other, preset, 'n') - countOf(one, preset, 'n') || countOf(other, preset, '?') - countOf(one, preset, '?') || byPlace(one, other);
}

/**
 * @param {PageService} one
 * @param {PageService} other
 */
function byPlace(one, other) {
  return byText(fileOf(one), fileOf(other)) || one.line - other.line;
}

/** `worker9` stands before `worker10`. */
const byText = new Intl.Collator('en', { numeric: true }).compare;
