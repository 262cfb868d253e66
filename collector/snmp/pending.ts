const FIRST_CAPACITY = 256;

/**
 * What waits, by id. A `Map` would do the same, but as thousands come and go each second it is rebuilt again and again,
 * and each old table of it keeps what it held alive until the next full collection.
 */
export class Pending<Item extends { readonly id: number }> {
  /** Open addressing with as many places as a power of two, at most half of them taken. */
  #items: (Item | undefined)[] = places(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: number): Item | undefined {
    return this.#items[this.#placeOf(id)];
  }

  add(item: Item): void {
    if (2 * (this.#size + 1) > this.#items.length) {
      const old = this.#items;
      this.#items = places(2 * old.length);
      for (const each of old) if (each !== undefined) this.#items[this.#placeOf(each.id)] = each;
    }
    const place = this.#placeOf(item.id);
    if (this.#items[place] === undefined) this.#size++;
    this.#items[place] = item;
  }

  delete(id: number): void {
    const mask = this.#items.length - 1;
    let hole = this.#placeOf(id);
    if (this.#items[hole] === undefined) return;
    this.#size--;
    // What was put further on because of this one moves back, so that looking for it never meets a hole.
    for (let place = (hole + 1) & mask; ; place = (place + 1) & mask) {
      const item = this.#items[place];
      if (item === undefined) break;
      const wanted = item.id & mask;
      if (((place - wanted) & mask) >= ((place - hole) & mask)) {
        this.#items[hole] = item;
        hole = place;
      }
    }
    this.#items[hole] = undefined;
  }

  all(): Item[] {
    return this.#items.filter((item) => item !== undefined);
  }

  /** Where the id lies, or the free place where it would. Ids are random: their last bits spread them. */
  #placeOf(id: number): number {
    const mask = this.#items.length - 1;
    let place = id & mask;
    for (let item = this.#items[place]; item !== undefined && item.id !== id; item = this.#items[place])
      place = (place + 1) & mask;
    return place;
  }
}

const places = <Item>(count: number): (Item | undefined)[] => new Array<Item | undefined>(count).fill(undefined);
