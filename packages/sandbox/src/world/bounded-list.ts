/**
 * The newest `limit` things, oldest first: what keeps the request log, the mailbox and the deliveries from growing without end.
 * Dropping is amortised: the array is cut once it is twice as long as the limit.
 */
export class BoundedList<T> {
  readonly limit: number;
  #items: T[] = [];
  /** How many were ever added. */
  total = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  push(item: T): void {
    this.total += 1;
    this.#items.push(item);
    if (this.#items.length >= this.limit * 2) this.#items = this.#items.slice(-this.limit);
  }

  /** Oldest first. */
  list(): readonly T[] {
    if (this.#items.length > this.limit) this.#items = this.#items.slice(-this.limit);
    return this.#items;
  }

  clear(): void {
    this.#items = [];
  }
}
