/** @typedef {import('../page-data.ts').PageData} PageData */
/** @typedef {import('../page-data.ts').PageService} PageService */
/** @typedef {import('../page-data.ts').PageRace} PageRace */
/** @typedef {import('../page-data.ts').PageOpinion} PageOpinion */
/** @typedef {import('../page-data.ts').PageMend} PageMend */
/** @typedef {import('../page-data.ts').PageHunk} PageHunk */
/** @typedef {'recommended' | 'strict'} Preset */

const SVG = 'http://www.w3.org/2000/svg';

/** @type {PageData} */
const data = JSON.parse(byId('data').textContent ?? '');

/** @param {number | undefined} place */
function textAt(place) {
  return place === undefined ? '' : (data.texts[place] ?? '');
}

/** @param {PageService} service */
function fileOf({ file }) {
  return data.files[file]?.name ?? '';
}

/**
 * A line of the source, as it stands there.
 * @param {PageService} service
 * @param {number} line
 */
function lineAt({ file }, line) {
  return textAt(data.files[file]?.lines[line]);
}

/**
 * A line of the source with its number.
 * @param {PageService} service
 * @param {number} line
 */
function sourceLine(service, line) {
  return make('code', { class: 'source' }, make('span', { class: 'line' }, String(line)), make('span', {}, lineAt(service, line).trim()));
}

/**
 * Every text goes into the page by way of text nodes and attributes: a class may have any name.
 * @param {string} tag
 * @param {Readonly<Record<string, string | number | boolean | undefined>>} attributes
 * @param {readonly (Node | string | undefined)[]} children
 * @returns {HTMLElement}
 */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string | number | boolean | undefined>>} attributes
 * @param {readonly (Node | string | undefined)[]} children
 * @returns {SVGElement}
 */
function makeSvg(tag, attributes = {}, ...children) {
  return fill(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), attributes, children);
}

/**
 * @template {Element} Target
 * @param {Target} target
 * @param {Readonly<Record<string, string | number | boolean | undefined>>} attributes
 * @param {readonly (Node | string | undefined)[]} children
 */
function fill(target, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) target.setAttribute(name, value === true ? '' : String(value));
  }
  target.append(...children.filter((child) => child !== undefined));
  return target;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/**
 * A box that scrolls by itself has to be reached by keyboard.
 * @param {string} label
 * @param {string} className
 * @param {readonly Node[]} children
 */
function scroller(label, className, ...children) {
  return make('div', { class: `scroller ${className}`, tabindex: 0, role: 'group', 'aria-label': label }, ...children);
}
