/** What stands in the matrix for each letter of a service's marks. */
const MARKS = /** @type {const} */ ({
  n: { look: 'n', sign: '✕', word: 'no' },
  '?': { look: 'u', sign: '?', word: 'unknown' },
  y: { look: 'y', sign: '✓', word: 'yes' },
  '-': { look: 'x', sign: '·', word: 'not asked' },
});

/** @param {string} letter */
function markFor(letter) {
  return MARKS[/** @type {keyof typeof MARKS} */ (letter)];
}

/**
 * @param {PageService} service
 * @param {Preset} preset
 * @param {string} letter
 */
function countOf({ marks }, preset, letter) {
  return marks[preset].split(letter).length - 1;
}

/**
 * The cell of one requirement. Its title is seen only where the matrix is too narrow for columns.
 * @param {string} title
 * @param {string} letter
 */
function markCell(title, letter) {
  const { look, sign, word } = markFor(letter);
  return make(
    'td',
    { class: `cell ${look}`, role: 'cell' },
    make('span', { class: 'title', 'aria-hidden': 'true' }, title),
    make('span', { class: `mark ${look}`, 'aria-hidden': 'true', title: `${title}: ${word}` }, sign),
    make('span', { class: 'hidden' }, word),
  );
}
