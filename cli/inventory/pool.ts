/** Values that are asked for again and again, once each, by the place where they stand. */
export class Pool<Value> {
  readonly values: Value[] = [];
  readonly #places = new Map<string, number>();

  place(key: string, make: () => Value): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.values.push(make()) - 1;
    this.#places.set(key, place);
    return place;
  }
}
