/**
 * Things that fall due in the order they were added (all wait equally long, and the sandbox clock never goes back):
 * looking costs nothing when nothing is due, however many wait.
 */
export class DueQueue<T> {
  readonly #dueAt: (item: T) => number;
  #items: T[] = [];
  #head = 0;

  constructor(dueAt: (item: T) => number) {
    this.#dueAt = dueAt;
  }

  add(item: T): void {
    this.#items.push(item);
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
}
