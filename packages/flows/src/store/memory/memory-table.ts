/** Makes one map key of several values; bytes by their content. */
export function keyOf(...parts: readonly (string | number | Uint8Array)[]): string {
  return parts
    .map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('base64url') : String(part)))
    .join('\0');
}

/**
 * Rows in memory with the view of one open transaction and the view of everybody else. A change keeps the row as it was
 * before until the transaction ends: readers outside see that one, and a rollback puts it back.
 */
export class MemoryTable<Row> {
  readonly #keyOfRow: (row: Row) => string;
  readonly #indexKeys: Readonly<Record<string, (row: Row) => string | undefined>>;
  readonly #rows = new Map<string, Row>();
  readonly #indexes = new Map<string, Map<string, Set<string>>>();
  /** As it was before the open transaction; `undefined`: it was not there. */
  readonly #before = new Map<string, Row | undefined>();

  /** An index leaves out the rows for which its function gives `undefined`. */
  constructor(
    keyOfRow: (row: Row) => string,
    indexKeys: Readonly<Record<string, (row: Row) => string | undefined>> = {},
  ) {
    this.#keyOfRow = keyOfRow;
    this.#indexKeys = indexKeys;
    for (const name of Object.keys(indexKeys)) this.#indexes.set(name, new Map());
  }

  get(key: string, view: View): Row | undefined {
    return view === 'committed' && this.#before.has(key) ? this.#before.get(key) : this.#rows.get(key);
  }

  /** Rows with this value in an index, in the order in which they got it. */
  find(index: string, value: string, view: View): Row[] {
    const keys = this.#indexes.get(index)?.get(value) ?? [];
    if (view === 'own' || this.#before.size === 0)
      return [...keys].flatMap((key) => this.#rows.get(key) ?? []);
    const untouched = [...keys]
      .filter((key) => !this.#before.has(key))
      .flatMap((key) => this.#rows.get(key) ?? []);
    const touched = [...this.#before.values()].filter(
      (row) => row !== undefined && this.#indexKeys[index]?.(row) === value,
    );
    return [...untouched, ...touched].filter((row) => row !== undefined);
  }

  all(view: View): Row[] {
    if (view === 'own') return [...this.#rows.values()];
    const keys = new Set([...this.#rows.keys(), ...this.#before.keys()]);
    return [...keys].flatMap((key) => this.get(key, 'committed') ?? []);
  }

  put(row: Row): void {
    const key = this.#keyOfRow(row);
    this.#remember(key);
    this.#write(key, row);
  }

  delete(key: string): void {
    this.#remember(key);
    this.#write(key, undefined);
  }

  commit(): void {
    this.#before.clear();
  }

  rollback(): void {
    for (const [key, row] of this.#before) this.#write(key, row);
    this.#before.clear();
  }

  #remember(key: string): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#rows.get(key));
  }

  #write(key: string, row: Row | undefined): void {
    const old = this.#rows.get(key);
    for (const [name, indexKey] of Object.entries(this.#indexKeys)) {
      const index = this.#indexes.get(name) ?? new Map<string, Set<string>>();
      const oldValue = old === undefined ? undefined : indexKey(old);
      const newValue = row === undefined ? undefined : indexKey(row);
      if (oldValue === newValue) continue;
      if (oldValue !== undefined) index.get(oldValue)?.delete(key);
      if (newValue !== undefined) index.set(newValue, (index.get(newValue) ?? new Set()).add(key));
    }
    if (row === undefined) this.#rows.delete(key);
    else this.#rows.set(key, row);
  }
}

/** `own`: with the changes of the open transaction; `committed`: without them. */
export type View = 'own' | 'committed';
