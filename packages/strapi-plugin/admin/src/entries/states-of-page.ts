import { getFetchClient } from '@strapi/strapi/admin';
import type { EntryAwardState, EntryStates } from '../../../contract/entry-awards.ts';

/** A page of a list. */
export interface ListedEntries {
  readonly contentType: string;
  readonly documentIds: readonly string[];
  readonly locale: string | undefined;
}

type States = EntryStates['states'];

/** What is known of one page of a list, for all its cells: they look at it together, and it asks once. */
class StatesOfPage {
  readonly #page: ListedEntries;
  readonly #watchers = new Set<() => void>();
  #states: States | undefined;

  constructor(page: ListedEntries) {
    this.#page = page;
  }

  of(documentId: string): readonly EntryAwardState[] | undefined {
    return this.#states?.[documentId];
  }

  get isWaiting(): boolean {
    return Object.values(this.#states ?? {}).some((states) =>
      states.some(({ state }) => state === 'submitted'),
    );
  }

  /** Gives what ends it. The first who looks makes it ask. */
  watch(tell: () => void): () => void {
    if (this.#watchers.size === 0) void this.ask();
    this.#watchers.add(tell);
    return () => void this.#watchers.delete(tell);
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  async ask(): Promise<void> {
    try {
      const { data } = await getFetchClient().post<EntryStates>('/seek-pass/entries/states', this.#page);
      this.#states = data.states;
    } catch {
      // What was known stays; the list itself must not fail over it.
    }
    for (const tell of this.#watchers) tell();
  }
}

const pages = new Map<string, StatesOfPage>();

/** The states of this page of a list; the same for every cell. Pages that nobody looks at are forgotten. */
export function statesOfPage(page: ListedEntries): StatesOfPage {
  const key = JSON.stringify(page);
  const known = pages.get(key);
  if (known !== undefined) return known;
  for (const [other, states] of pages) if (!states.isWatched) pages.delete(other);
  const made = new StatesOfPage(page);
  pages.set(key, made);
  return made;
}

/** Asks anew about the page that somebody looks at. */
export function askStatesAgain(): void {
  for (const page of pages.values()) if (page.isWatched) void page.ask();
}

/** The same, where a learner is adding something. */
export function askAboutWaiting(): void {
  for (const page of pages.values()) if (page.isWatched && page.isWaiting) void page.ask();
}
