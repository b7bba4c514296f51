/** How many rows are drawn at a time. */
const CHUNK = 150;

/** The matrix. Rows are drawn as they come into sight, what is in them when they are opened. */
class Matrix {
  /** @type {readonly PageService[]} */
  #services = [];
  /** @type {Preset} */
  #preset = 'recommended';
  #drawn = 0;
  /** @type {Set<PageService>} */
  #open = new Set(data.services.length === 1 ? data.services : []);
  #body = make('tbody', { role: 'rowgroup' });
  #head = make('thead', { role: 'rowgroup' });
  #more = /** @type {HTMLButtonElement} */ (byId('more'));
  /** @type {(sort: string) => void} */
  #onSort;

  /** @param {(sort: string) => void} onSort */
  constructor(onSort) {
    this.#onSort = onSort;
    byId('services').append(make('table', { class: 'matrix', role: 'table', 'aria-label': 'Services by requirement' }, this.#head, this.#body));
    this.#body.addEventListener('click', (event) => this.#click(event));
    byId('services').addEventListener('keydown', (event) => this.#press(event));
    this.#more.addEventListener('click', () => this.#extend());
    new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#extend(), { rootMargin: '600px' }).observe(this.#more);
  }

  /**
   * @param {readonly PageService[]} services
   * @param {{ readonly preset: Preset, readonly sort: string }} view
   */
  show(services, { preset, sort }) {
    this.#services = services;
    this.#preset = preset;
    this.#drawn = 0;
    this.#head.replaceChildren(this.#drawHead(sort));
    this.#body.replaceChildren();
    this.#extend();
  }

  #extend() {
    const next = this.#services.slice(this.#drawn, this.#drawn + CHUNK);
    this.#drawn += next.length;
    this.#body.append(...next.flatMap((service) => this.#drawRows(service)));
    const rest = this.#services.length - this.#drawn;
    this.#more.hidden = rest === 0;
    this.#more.textContent = `Show ${counted(Math.min(rest, CHUNK), 'more', 'more')} of ${rest.toLocaleString('en')}`;
  }

  /** @param {string} sort */
  #drawHead(sort) {
    const sorter = (/** @type {string} */ id, /** @type {string} */ title, /** @type {string} */ what, /** @type {number | undefined} */ lacking) => {
      const button = make('button', { type: 'button', title: what }, make('span', {}, title), lacking === undefined ? undefined : make('small', { class: lacking === 0 ? 'none' : '' }, lacking.toLocaleString('en')), lacking === undefined ? undefined : make('span', { class: 'hidden' }, ' lacking'));
      button.addEventListener('click', () => {
        this.#onSort(id);
        byId(`sort-${id}`).focus();
      });
      button.id = `sort-${id}`;
      return make('th', { scope: 'col', role: 'columnheader', class: id, 'aria-sort': sort === id ? 'ascending' : undefined }, button);
    };
    const columns = columnsOf(this.#preset).flatMap((column) => {
      const { id, title, what } = data.requirements[column] ?? {};
      if (id === undefined || title === undefined || what === undefined) return [];
      const lacking = this.#services.filter(({ marks }) => marks[this.#preset][column] === 'n').length;
      return [sorter(id, title, what, lacking)];
    });
    return make('tr', { role: 'row' }, sorter('name', 'Service', 'by name', undefined), sorter('kind', 'Kind', 'by kind', undefined), ...columns);
  }

  /** @param {PageService} service */
  #drawRows(service) {
    const { name, line, kind, marks } = service;
    const isOpen = this.#open.has(service);
    const button = make('button', { type: 'button', class: 'opener', 'aria-expanded': String(isOpen) }, make('span', { class: 'arrow', 'aria-hidden': 'true' }), make('span', {}, name));
    const place = make('span', { class: 'place' }, ...breakable(fileOf(service), line));
    const cells = columnsOf(this.#preset).map((column) => markCell(data.requirements[column]?.title ?? '', marks[this.#preset][column] ?? '-'));
    const row = make('tr', { class: 'service', role: 'row' }, make('th', { scope: 'row', role: 'rowheader' }, button, place), make('td', { class: 'kind', role: 'cell' }, kind), ...cells);
    OWNERS.set(button, service);
    return isOpen ? [row, this.#drawOpen(service)] : [row];
  }

  /** @param {PageService} service */
  #drawOpen(service) {
    return make('tr', { class: 'opened', role: 'row' }, make('td', { colspan: columnsOf(this.#preset).length + 2, role: 'cell' }, drawDetail(service, this.#preset)));
  }

  /** @param {Element} button */
  #toggle(button) {
    const service = OWNERS.get(button);
    const row = button.closest('tr');
    if (service === undefined || row === null) return;
    const isOpen = this.#open.has(service);
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) {
      this.#open.delete(service);
      row.nextElementSibling?.remove();
    } else {
      this.#open.add(service);
      row.after(this.#drawOpen(service));
    }
  }

  /** @param {Event} event */
  #click({ target }) {
    if (!(target instanceof Element)) return;
    const button = target.closest('tr.service')?.querySelector('.opener');
    if (button != null && getSelection()?.isCollapsed !== false) this.#toggle(button);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, target } = event;
    if (!(target instanceof Element)) return;
    if (key === 'Escape') {
      const opened = target.closest('tr.opened')?.previousElementSibling ?? target.closest('tr.service');
      const button = /** @type {HTMLElement | null | undefined} */ (opened?.querySelector('.opener[aria-expanded=true]'));
      if (button == null) return;
      this.#toggle(button);
      button.focus();
    } else if (target.matches('.opener')) {
      this.#move(event, target);
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element} from
   */
  #move(event, from) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const openers = () => /** @type {HTMLElement[]} */ ([...this.#body.querySelectorAll('.opener')]);
    const wanted = openers().findIndex((one) => one === from) + step;
    if (wanted >= this.#drawn && this.#drawn < this.#services.length) this.#extend();
    openers().at(Math.max(0, Math.min(wanted, this.#drawn - 1)))?.focus();
  }
}

/**
 * A path that is broken behind a slash rather than elsewhere; the line stays with the name.
 * @param {string} path
 * @param {number} line
 */
function breakable(path, line) {
  const parts = path.split(/(?<=\/)/);
  const name = parts.pop() ?? '';
  return [...parts.flatMap((part) => [part, make('wbr')]), make('span', { class: 'at' }, `${name}:${line}`)];
}

/**
 * The places of the requirements that a preset asks of any service; the others would be columns of nothing.
 * @param {Preset} preset
 */
function columnsOf(preset) {
  return data.requirements.flatMap((_, column) => (data.services.some(({ marks }) => (marks[preset][column] ?? '-') !== '-') ? [column] : []));
}

/** @type {WeakMap<Element, PageService>} */
const OWNERS = new WeakMap();
