/**
 * Things by the time they fall due. They are nearly always added in that order (all wait equally long, and the sandbox clock never goes
 * back), so adding and looking cost next to nothing, however many wait.
 */
export class DueQueue<T> {
  readonly #dueAt: (item: T) => number;
  #items: T[] = [];
  #head = 0;

  constructor(dueAt: (item: T) => number) {
    this.#dueAt = dueAt;
  }

  add(item: T): void {
    const dueAt = this.#dueAt(item);
    let at = this.#items.length;
    // Out of order only when a state file is read.
    while (at > this.#head && this.#dueAtIndex(at - 1) > dueAt) at -= 1;
    if (at === this.#items.length) this.#items.push(item);
    else this.#items.splice(at, 0, item);
  }

  /** Removes and returns what is due at `now`. */
  takeDue(now: number): readonly T[] {
    const from = this.#head;
    let next = this.#items[this.#head];
    while (next !== undefined && this.#dueAt(next) <= now) {
      this.#head += 1;
      next = this.#items[this.#head];
    }
    if (from === this.#head) return [];
    const due = this.#items.slice(from, this.#head);
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return due;
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
  }

  #dueAtIndex(index: number): number {
    const item = this.#items[index];
    return item === undefined ? Number.NEGATIVE_INFINITY : this.#dueAt(item);
  }
}
