import { isDeepStrictEqual } from 'node:util';
import type { FlowContext } from '../flow-context.ts';
import { learnCurrentKey } from '../keys/retired-keys.ts';
import type { StoreReads } from '../store/ports.ts';
import type { RecipientRow } from '../store/rows.ts';
import type { Recipient } from './recipient.ts';
import { type IdentifiedPerson, subjectHash } from './recipient-identity.ts';

/** A recipient with the key that seals for them. */
export interface OpenRecipient {
  readonly row: RecipientRow;
  readonly dataKey: Uint8Array;
}

/** The recipients of one batch: those the store knows, and those the batch brings. */
export class RecipientBook {
  readonly #context: FlowContext;
  readonly #rows: Map<string, RecipientRow>;
  readonly #open = new Map<string, OpenRecipient>();
  readonly #added = new Map<string, RecipientRow>();
  readonly #changed = new Map<string, RecipientRow>();

  private constructor(context: FlowContext, rows: readonly RecipientRow[]) {
    this.#context = context;
    this.#rows = new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Reads the recipients that may be meant. In a transaction, ask for its suppressions before: then no key is retired until it ends.
   *
   * @throws {ConfigurationError} `invalid_configuration` when this process has a key file from before a rotation.
   */
  static async read(
    context: FlowContext,
    reads: StoreReads,
    people: readonly IdentifiedPerson[],
  ): Promise<RecipientBook> {
    await learnCurrentKey(context.issuer, context.records.keys, reads);
    const hashes = people.map(({ emailHash }) => emailHash);
    return new RecipientBook(context, await reads.recipientsByEmail(context.issuer, hashes));
  }

  /** The recipient that this person is already, if any. */
  async known({ id }: IdentifiedPerson): Promise<OpenRecipient | undefined> {
    const open = this.#open.get(id);
    if (open !== undefined) return open;
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    const opened = { row, dataKey: await this.#context.records.dataKeyOf(row) };
    this.#open.set(id, opened);
    return opened;
  }

  /** The recipient that this person is, with what is new about them; or a new one. */
  async find(identified: IdentifiedPerson): Promise<OpenRecipient> {
    const known = await this.known(identified);
    return known === undefined ? this.#add(identified) : this.#refresh(known, identified.person);
  }

  /** New recipients that an award needs, to be inserted before it. */
  get added(): RecipientRow[] {
    return [...this.#added.values()];
  }

  /** Recipients about whom this batch says more than the store knew, as they were read and as they are now. */
  get changed(): Array<{ readonly row: RecipientRow; readonly former: RecipientRow }> {
    return [...this.#changed.values()].flatMap((row) => {
      const former = this.#rows.get(row.id);
      return former === undefined ? [] : [{ row, former }];
    });
  }

  async #add({ id, person, emailHash }: IdentifiedPerson): Promise<OpenRecipient> {
    const { issuer, records, clock } = this.#context;
    const { dataKey, wrappedKey, keyId } = await records.newDataKey(issuer, id);
    const row: RecipientRow = {
      issuer,
      id,
      emailHash,
      subjectHash: person.subject === undefined ? null : subjectHash(this.#context, person.subject),
      wrappedKey,
      keyId,
      sealedPerson: records.sealPerson(dataKey, issuer, id, person),
      createdAt: clock.now(),
    };
    const added = { row, dataKey };
    this.#open.set(id, added);
    this.#added.set(id, row);
    return added;
  }

  /** Takes over what the input says; what it is silent about stays: an import without `minor` must not lift that protection. */
  #refresh({ row, dataKey }: OpenRecipient, person: Recipient): OpenRecipient {
    const { records, issuer } = this.#context;
    const stored = records.openPerson(dataKey, row);
    const given = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined));
    const merged = { ...stored, ...given };
    if (isDeepStrictEqual(merged, stored)) {
      const same = { row, dataKey };
      this.#open.set(row.id, same);
      return same;
    }
    const fresh = {
      row: { ...row, sealedPerson: records.sealPerson(dataKey, issuer, row.id, merged) },
      dataKey,
    };
    this.#open.set(row.id, fresh);
    (this.#added.has(row.id) ? this.#added : this.#changed).set(row.id, fresh.row);
    return fresh;
  }
}
